// Names of classes and ids, word by word.
#include "page/html_names.h"

#include <gtest/gtest.h>

namespace parley::page {
namespace {

NameTable table() {
  NameTable out;
  out.add("related", kDrop);
  out.add("read-more", kDrop);
  out.add("ad", kDrop);
  out.add("nav", kDrop);
  out.add("comments", kNever);
  out.add("article-body", kBodyNamed);
  out.add_negation("has");
  out.add_negation("no");
  out.add_box("wrapper");
  return out;
}

TEST(HtmlNames, ReadsEveryWordOfAName) {
  const NameTable names = table();
  for (const char* name : {"related", "c-related__list", "relatedList", "js related", "RELATED", "x read-more", "readMore", "c_read_more_2", "readmore", "top-ad"}) {
    EXPECT_EQ(names.traits(name), kDrop) << name;
  }
  EXPECT_EQ(names.traits("related comments"), kDrop | kNever);
}

TEST(HtmlNames, AWordInsideAWordIsNone) {
  const NameTable names = table();
  for (const char* name : {"header", "unrelatedly", "navy", "commentsection", "", "  ", "-_-", "ready-more"}) {
    EXPECT_EQ(names.traits(name), 0U) << name;
  }
}

TEST(HtmlNames, WhatAPartHasOrHasNotIsNoKindOfPart) {
  const NameTable names = table();
  EXPECT_EQ(names.traits("has-related"), 0U);
  EXPECT_EQ(names.traits("layout no-comments"), 0U);
  EXPECT_EQ(names.traits("page--has-ad related"), kDrop);
}

TEST(HtmlNames, ABodysNameMayBeFollowedByBoxesOnly) {
  const NameTable names = table();
  EXPECT_EQ(names.traits("article-body"), kBodyNamed);
  EXPECT_EQ(names.traits("c-articleBody__wrapper--2"), kBodyNamed);
  EXPECT_EQ(names.traits("article-body__picture"), 0U);
}

TEST(HtmlNames, HashesOfStyleCompilersSayNothing) {
  const NameTable names = table();
  EXPECT_EQ(names.traits("Layout_main__2pNav"), 0U);
  EXPECT_EQ(names.traits("Layout_nav__2pXy1"), kDrop);
}

TEST(HtmlNames, LongNamesEndSoon) {
  EXPECT_EQ(table().traits(std::string(1 << 20, 'a') + " related"), kDrop);
}

}  // namespace
}  // namespace parley::page
