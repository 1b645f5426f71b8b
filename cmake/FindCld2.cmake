# Debian's libcld2 comes without a description for pkg-config or CMake. Defines Cld2::cld2.
find_library(CLD2_LIBRARY NAMES cld2)
find_path(CLD2_INCLUDE_DIR NAMES cld2/public/compact_lang_det.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Cld2 REQUIRED_VARS CLD2_LIBRARY CLD2_INCLUDE_DIR)
if(Cld2_FOUND AND NOT TARGET Cld2::cld2)
  add_library(Cld2::cld2 UNKNOWN IMPORTED)
  set_target_properties(Cld2::cld2 PROPERTIES
    IMPORTED_LOCATION ${CLD2_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${CLD2_INCLUDE_DIR})
endif()
