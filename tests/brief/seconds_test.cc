// A report may take no longer than it is given.
#include <gtest/gtest.h>

#include "support.h"

namespace parley {
namespace {

TEST(Seconds, ALongReportIsGivenUpAShortOneIsNot) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "The delegations met in the hotel by the lake on Monday, the mediators said.\n\n";
  Document document = Document::plain(text);
  document.id = "long";
  const Result<Record> late = testing::pipeline().read_within(document, 1e-6);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, Error::Code::too_large);
  EXPECT_EQ(late.error().where, "long");
  const Document small = Document::plain("The delegations met on Monday.");
  const Result<Record> patient = testing::pipeline().read_within(small, 0);
  const Result<Record> soon = testing::pipeline().read_within(small, 600);
  ASSERT_TRUE(patient.ok());
  ASSERT_TRUE(soon.ok()) << "what was given up before leaves nothing behind";
  EXPECT_EQ(patient->times.size(), soon->times.size());
  EXPECT_FALSE(soon->times.empty());
}

}  // namespace
}  // namespace parley
