# GCC 12 reports -Wnull-dereference and -Wrestrict from inside its own std::string when it optimises: false, and hundreds of lines of them.
add_library(parley_warnings INTERFACE)
target_compile_options(parley_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wdouble-promotion -Wimplicit-fallthrough $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
