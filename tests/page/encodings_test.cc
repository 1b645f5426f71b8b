// Encodings and languages. The same words, written as different machines wrote them.
#include <unicode/ucnv.h>

#include "batch.h"
#include "page/draft.h"
#include "text/utf8.h"

namespace parley {
namespace {

std::string written_in(const char* encoding, const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 16, '\0');
  const std::int32_t size = ucnv_convert(encoding, "utf-8", out.data(), static_cast<std::int32_t>(out.size()), text.data(),
                                         static_cast<std::int32_t>(text.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

struct Case {
  const char* label;      // what the page says
  const char* converter;  // what it was written with
  const char* text;
};

const Case kCases[] = {
    {"windows-1250", "windows-1250", "Příměří trvá již třetí den, řekli pozorovatelé v údolí, a obě strany stáhly vojska."},
    {"windows-1251", "windows-1251", "Перемирие соблюдается третий день, говорят наблюдатели, и обе стороны отвели войска."},
    {"iso-8859-1", "windows-1252", "La trêve tient depuis trois jours, ont dit les observateurs – « les deux armées » ont quitté le pont."},
    {"windows-1253", "windows-1253", "Η εκεχειρία τηρείται για τρίτη ημέρα, λένε οι παρατηρητές στην κοιλάδα."},
    {"windows-1254", "windows-1254", "Ateşkes üçüncü gününde sürüyor, gözlemciler iki tarafın da çekildiğini söyledi."},
    {"windows-1255", "windows-1255", "הפסקת האש נמשכת זה היום השלישי, אמרו המשקיפים בעמק."},
    {"windows-1256", "windows-1256", "الهدنة صامدة لليوم الثالث، قال المراقبون في الوادي، وانسحب الجيشان."},
    {"iso-8859-2", "iso-8859-2", "Rozejm trwa już trzeci dzień, powiedzieli obserwatorzy, a obie strony wycofały się łącznie."},
    {"iso-8859-7", "iso-8859-7", "Η εκεχειρία τηρείται για τρίτη ημέρα, λένε οι παρατηρητές στην κοιλάδα."},
    {"koi8-r", "koi8-r", "Перемирие соблюдается третий день, говорят наблюдатели, и обе стороны отвели войска."},
    {"shift_jis", "ibm-943_P15A-2003", "停戦は三日目も守られていると監視団は述べた。両軍は橋から撤退した。"},
    {"euc-jp", "euc-jp", "停戦は三日目も守られていると監視団は述べた。両軍は橋から撤退した。"},
    {"gb2312", "gb18030", "观察员说，停火已经进入第三天，双方军队都已撤离桥梁。谈判将于星期五继续。"},
    {"big5", "big5", "觀察員說，停火已經進入第三天，雙方軍隊都已撤離橋樑。談判將於星期五繼續。"},
    {"ks_c_5601-1987", "windows-949", "휴전이 사흘째 지켜지고 있다고 감시단이 말했다. 양측 군대는 다리에서 철수했다."},
};

TEST(Encodings, ThatAPageOrItsServerNames) {
  for (const Case& c : kCases) {
    const std::string bytes = written_in(c.converter, c.text);
    EXPECT_EQ(page::to_utf8(bytes, c.label, page_test::with_cues().cues.get()), c.text) << c.label;
    const Result<Document> document =
        read_html("<html><head><meta charset=\"" + std::string(c.label) + "\"></head><body><p>" + bytes + "</p></body></html>", page_test::with_cues());
    ASSERT_TRUE(document.ok()) << c.label;
    EXPECT_EQ(document->text(), c.text) << c.label;
    ReadOptions served = page_test::with_cues();
    served.charset = c.label;
    const Result<Document> text = read_text(bytes, served);
    ASSERT_TRUE(text.ok()) << c.label;
    EXPECT_EQ(text->text(), c.text) << c.label;
  }
}

TEST(Encodings, ThatNobodyNames) {
  std::string wrong;
  for (const Case& c : kCases) {
    // Twice over, as an article would be: a detector counts.
    const std::string text = std::string(c.text) + ' ' + c.text;
    if (page::to_utf8(written_in(c.converter, text), {}, page_test::with_cues().cues.get()) != text) wrong += std::string(c.label) + '\n';
  }
  EXPECT_EQ(wrong, "");
}

TEST(Encodings, ThatAreNamedWrongly) {
  const std::string cyrillic = kCases[1].text;
  const Cues* cues = page_test::with_cues().cues.get();
  EXPECT_EQ(page::to_utf8(written_in("windows-1251", cyrillic), "iso-8859-1", cues), cyrillic);
  EXPECT_EQ(page::to_utf8(cyrillic, "windows-1251", cues), cyrillic) << "valid UTF-8 is UTF-8";
  const std::string french = kCases[2].text;
  EXPECT_EQ(page::to_utf8(written_in("windows-1252", french), "utf-8", cues), french);
  EXPECT_EQ(page::to_utf8(written_in("windows-1252", french), "no-such-encoding", cues), french);
  EXPECT_EQ(page::to_utf8("Caf\xE9 closed", {}, cues), "Café closed") << "one letter tells little; Latin is likeliest";
}

TEST(Entities, OfHtmlByNameAndNumber) {
  EXPECT_EQ(page::clean_characters("&Tcaron;&CounterClockwiseContourIntegral;&#x1F91D;&#151;&NotEqualTilde;", true), "Ť∳🤝—≂̸");
  EXPECT_EQ(page::clean_characters("AT&T &unknown; &; R&D &ampersand", true), "AT&T &unknown; &; R&D &ampersand");
  EXPECT_EQ(page::clean_characters("&notit; &semi; &NotEqualTilde; &fjlig; &NewLine;x &Tab;y", true), "&notit; ; \u2242\u0338 fj \nx \ty");
  // A text of names that are none is not asked about without end.
  std::string invented;
  for (int i = 0; i < 100000; ++i) invented += "&n" + std::to_string(i) + ';';
  EXPECT_EQ(page::clean_characters(invented, true), invented);
  EXPECT_EQ(page::clean_characters("a\xFF" "b\xE2\x82 c", true), "a\uFFFDb\uFFFD c");
  const std::string huge = "&#2222222222222222222222222222222222222222222222222222222222222228211;";
  const Result<Document> document = read_html("<p>LAKE TOWN " + huge + " No shot was heard along the river on Monday.</p>", page_test::with_cues());
  ASSERT_TRUE(document.ok());
  EXPECT_TRUE(is_valid_utf8(document->text())) << "a number no character has";
}

TEST(Languages, AreTakenFromTheText) {
  struct {
    const char* language;
    const char* text;
  } const cases[] = {
      {"en", "Both sides have kept to the truce for a third day, the observers in the valley said on Monday."},
      {"fr", "Les deux camps respectent la trêve depuis trois jours, ont déclaré lundi les observateurs dans la vallée."},
      {"de", "Beide Seiten halten sich seit drei Tagen an die Waffenruhe, sagten die Beobachter im Tal am Montag."},
      {"ru", kCases[1].text},
      {"ko", kCases[14].text},
      {"ja", kCases[10].text},
      {"he", "הפסקת האש נמשכת זה היום השלישי, אמרו המשקיפים בעמק, ושני הצבאות נסוגו מן הגשר."},
      {"id", "Kedua pihak telah mematuhi gencatan senjata selama tiga hari, kata para pengamat di lembah itu pada hari Senin."},
  };
  for (const auto& c : cases) {
    const Result<Document> document = read_text(c.text, page_test::with_cues());
    ASSERT_TRUE(document.ok());
    EXPECT_EQ(document->language, c.language) << c.text;
  }
  EXPECT_EQ(page::language_of("Они ушли."), std::nullopt) << "too short to tell";
  EXPECT_EQ(page::language_of("Truce holds"), std::nullopt);
}

TEST(Languages, ThatAreDeclaredAreTidied) {
  EXPECT_EQ(page::language_tag("en_US"), "en-US");
  EXPECT_EQ(page::language_tag("DE"), "de");
  EXPECT_EQ(page::language_tag("zh-Hant-TW"), "zh-Hant-TW");
  for (const char* none : {"", "english", "e", "en-", "12", "en US"}) EXPECT_EQ(page::language_tag(none), std::nullopt) << none;
}

}  // namespace
}  // namespace parley
