// What other programs make better than we would: PDF of a page, PNG of a drawing. None of them is needed otherwise.
#pragma once

#include <string>

#include "parley/result.h"

namespace parley::cli {

/// Writes `text` to `path`, or says why not.
Result<std::string> write_file(const std::string& path, const std::string& text);

/// Makes `path` from a page, with the first of weasyprint, wkhtmltopdf, chromium that is installed; gives its name.
/// Errors: not_found (none is installed), unreadable (it failed, or the file cannot be written).
Result<std::string> write_pdf(const std::string& path, const std::string& html);

/// The same for a drawing, as SVG (written as it is), PNG or PDF by the path's ending, with rsvg-convert or inkscape.
Result<std::string> write_drawing(const std::string& path, const std::string& svg);

}  // namespace parley::cli
