// A program that knows Parley only as installed.
#include <parley/pipeline.h>

#include <cstdio>

int main() {
  auto pipeline = parley::Pipeline::load({});
  if (!pipeline) {
    std::fprintf(stderr, "%s\n", pipeline.error().text().c_str());
    return 1;
  }
  const parley::Record record =
      pipeline->read(parley::Document::plain("Norway urged the two governments to resume talks."));
  for (const parley::Event& event : record.events) {
    std::printf("%s %s\n", name(event.type), name(event.status));
  }
  return record.events.empty() ? 1 : 0;
}
