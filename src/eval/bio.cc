#include "eval/bio.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "eval/files.h"
#include "text/utf8.h"

namespace parley::eval {

std::vector<BioSentence> read_bio(std::string_view text) {
  std::vector<BioSentence> out;
  BioSentence sentence;
  std::uint32_t size = 0;
  std::optional<LabelledSpan> open;
  const auto close = [&] {
    if (open) sentence.spans.push_back(std::move(*open));
    open.reset();
  };
  const auto end_sentence = [&] {
    close();
    if (!sentence.text.empty()) out.push_back(std::move(sentence));
    sentence = {};
    size = 0;
  };
  for (std::string_view line : lines_of(text)) {
    if (line.starts_with('#')) continue;
    const auto fields = fields_of(line);
    if (fields.empty()) {
      end_sentence();
      continue;
    }
    const bool numbered =
        fields.size() >= 3 && std::all_of(fields[0].begin(), fields[0].end(),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
    const std::string_view token = numbered ? fields[1] : fields[0];
    const std::string_view label = numbered ? fields[2] : fields.back();
    if (!sentence.text.empty()) {
      sentence.text += ' ';
      ++size;
    }
    const std::uint32_t begin = size;
    sentence.text += token;
    size += static_cast<std::uint32_t>(count_code_points(token));
    const bool inside = label.starts_with("I-");
    if (label.starts_with("B-") || (inside && (!open || open->label != label.substr(2)))) {
      close();
      open = LabelledSpan{{begin, size}, std::string(label.substr(2))};
    } else if (inside) {
      open->span.end = size;
    } else {
      close();
    }
  }
  end_sentence();
  return out;
}

}  // namespace parley::eval
