#include "cohort/import/icd_conditions.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace fusemoe {
namespace {

constexpr std::array<AcuteCondition, kConditionCount> kConditions = {{
    {"Acute and unspecified renal failure", 157, "584 586", "N17 N19"},
    {"Acute cerebrovascular disease", 109, "3466 430 431 432 43301 43311 43321 43331 43381 43391 434 436",
     "G436 I60 I61 I62 I63 I66 I6789"},
    {"Acute myocardial infarction", 100, "410", "I21 I22"},
    {"Cardiac dysrhythmias", 106, "4270 4271 4272 4273 4276 42781 42789 4279 7850 7851",
     "I47 I48 I491 I492 I493 I494 I495 I498 I499 R000 R001 R002"},
    {"Chronic kidney disease", 158, "585 7925 V420 V451 V560 V561 V562 V563 V568",
     "N18 R880 Z4822 Z49 Z9115 Z940 Z992"},
    {"Chronic obstructive pulmonary disease and bronchiectasis", 127, "490 491 492 494 496", "J40 J41 J42 J43 J44 J47"},
    {"Complications of surgical procedures or medical care", 238,
     "27661 27783 27788 2853 28741 3490 3491 34931 41511 4294 4582 5121 5122 5187 5190 53086 53087 5364 5390 5398 5642 "
     "5643 5644 5696$ 56962 5697 5793 59681 78062 78063 78066 9093 99524 9954 99586 997 998 9990 9991 9992 9993$ 99934 "
     "99939 9994 9995 9996 9997 9998 9999 V1553 V1580 V1583 V9001 V9009",
     "D6481 D6951 D78 E36 E7143 E8771 E883 E898 G970 G971 G972 G973 G974 G975 G978 H591 H592 H593 H598 H952 H953 H954 "
     "H958 I952 I953 I9581 I970 I971 I973 I974 I975 I976 I977 I978 J950 J954 J955 J956 J957 J9581 J9583 J9584 J95851 "
     "J95859 J9588 J9589 K6811 K910 K911 K912 K913 K916 K917 K918 K9403 K9413 K942 K943 K95 L76 M968 N990 N996 N997 "
     "N998 R5082 R5083 R5084 T800 T801 T8022 T8029 T803 T804 T805 T806 T808 T809 T81 T873 T874 T875 T878 T879 T880 "
     "T881 T882 T883 T884 T885 T888 T889 Z180 Z283 Z87821 Z9283"},
    {"Conduction disorders", 105, "426 V450 V533", "I44 I45 Z450 Z950 Z95810 Z95818 Z959"},
    {"Congestive heart failure; nonhypertensive", 108, "39891 428", "I0981 I50"},
    {"Coronary atherosclerosis and other heart disease", 101,
     "4110 4111 4118 412 413 4140$ 41400 41401 41406 4142 4143 4144 4148 4149 V4581 V4582",
     "I20 I24 I2510 I2511 I252 I255 I256 I257 I25811 I2582 I2583 I2584 I2589 I259 Z951 Z955 Z9861"},
    {"Diabetes mellitus with complications", 50,
     "24901 2491 2492 2493 2494 2495 2496 2497 2498 2499 25002 25003 2501 2502 2503 2504 2505 2506 2507 2508 2509",
     "E080 E081 E082 E083 E084 E085 E086 E088 E090 E091 E092 E093 E094 E095 E096 E098 E101 E102 E103 E104 E105 E106 "
     "E108 E110 E111 E112 E113 E114 E115 E116 E118 E130 E131 E132 E133 E134 E135 E136 E138"},
    {"Diabetes mellitus without complication", 49, "24900 25000 25001 7902 7915 7916 V4585 V5391 V6546",
     "E089 E099 E109 E119 E139 R730 R739 R81 R824 Z4681 Z9641"},
    {"Disorders of lipid metabolism", 53, "2720 2721 2722 2723 2724", "E780 E781 E782 E783 E784 E785"},
    {"Essential hypertension", 98, "4011 4019", "I10"},
    {"Fluid and electrolyte disorders", 55, "2760 2761 2762 2763 2764 2765 2766$ 27669 2767 2768 2769 9951",
     "E86 E870 E871 E872 E873 E874 E875 E876 E8770 E8779 E878 T783"},
    {"Gastrointestinal hemorrhage", 153,
     "4560 45620 5307 53082 5310 5312 5314 5316 5320 5322 5324 5326 5330 5332 5334 5336 5340 5342 5344 5346 5693 578",
     "I8501 I8511 K226 K228 K250 K252 K254 K256 K260 K262 K264 K266 K270 K272 K274 K276 K280 K282 K284 K286 K625 K920 "
     "K921 K922"},
    {"Hypertension with complications and secondary hypertension", 99, "4010 402 403 404 405 4372",
     "I11 I12 I13 I15 I16 I674"},
    {"Other liver diseases", 151,
     "570 5715 5716 5718 5719 572 5730 5734 5735 5738 5739 7824 7891 7895$ 78959 7904 7905 7948 V427",
     "K7041 K7111 K72 K74 K750 K751 K7581 K760 K761 K762 K763 K765 K766 K767 K768 K769 K77 R160 R162 R17 R188 R740 "
     "R748 R749 R945 Z4823 Z944"},
    {"Other lower respiratory disease", 133,
     "5131 514 515 516 5172 5178 5183 5184 51889 5194 5198 5199 7825 7860 7862 7863 7864 78652 7866 7867 7868 7869 "
     "7931 7942 V126 V426",
     "J182 J22 J81 J82 J84 J853 J984 J986 J988 J989 J99 R042 R048 R049 R05 R060 R062 R063 R064 R066 R068 R069 R071 "
     "R0781 R093 R0989 R222 R230 R91 R942 Z4824 Z48280 Z8701 Z8709 Z942 Z943"},
    {"Other upper respiratory disease", 134,
     "470 471 472 476 4770 4772 4778 4779 478 5191 5192 5193 7841 7844 7847 7848 7849$ 78499 7861 V414 V440 V550",
     "J300 J301 J302 J308 J309 J31 J33 J34 J37 J38 J39 J980 J985 R040 R041 R061 R065 R067 R0689 R070 R0981 R196 R4789 "
     "R49 Z430 Z930"},
    {"Pleurisy; pneumothorax; pulmonary collapse", 130, "510 5110 5111 5118$ 51189 5119 5120 5128 5180 5181 5182",
     "J86 J90 J918 J92 J93 J94 J981 J982 J983 R091"},
    {"Pneumonia (except that caused by tuberculosis or sexually transmitted disease)", 122,
     "00322 0203 0204 0205 0212 0221 0310 0391 0521 0551 0730 0830 1124 1140 1144 1145 11505 11515 11595 1304 1363 480 "
     "481 482 483 484 485 486 5130 5171",
     "A0222 A202 A212 A221 A310 A3701 A3711 A3781 A3791 A420 A430 A481 A70 B012 B052 B250 B371 B380 B381 B382 B390 "
     "B391 B392 B440 B583 B59 J12 J13 J14 J15 J16 J17 J180 J181 J188 J189 J850 J851 J852"},
    {"Respiratory failure; insufficiency; arrest (adult)", 131, "5173 5185 51881 51882 51883 51884 7991 V461 V462",
     "D5701 D57211 D57411 D57811 J80 J951 J952 J953 J9582 J95850 J96 R092 Z991 Z9981"},
    {"Septicemia (except in labor)", 2, "0031 0202 0223 0362 038 0545 449 77181 7907 99591 99592",
     "A021 A207 A227 A267 A327 A392 A393 A394 A40 A41 A427 A5486 B007 B377 I76 R6520 R6521 R7881"},
    {"Shock", 249, "7855", "R57 R6521"},
}};

/// What a version's codes mean: prefixes and whole codes, each with the conditions it stands for, ascending.
class CodeTable {
 public:
  explicit CodeTable(std::string_view AcuteCondition::*codes) {
    for (std::size_t i = 0; i < kConditions.size(); ++i) add(kConditions[i].*codes, std::uint32_t{1} << i);
    std::sort(m_prefixes.begin(), m_prefixes.end());
    std::sort(m_whole.begin(), m_whole.end());
  }

  std::uint32_t conditions(std::string_view code) const {
    std::uint32_t found = matching(m_whole, code);
    for (std::size_t length = 1; length <= code.size(); ++length) found |= matching(m_prefixes, code.substr(0, length));
    return found;
  }

 private:
  using Entry = std::pair<std::string_view, std::uint32_t>;

  void add(std::string_view codes, std::uint32_t condition) {
    while (!codes.empty()) {
      const std::size_t end = std::min(codes.find(' '), codes.size());
      std::string_view code = codes.substr(0, end);
      codes.remove_prefix(std::min(end + 1, codes.size()));
      const bool whole = code.ends_with('$');
      if (whole) code.remove_suffix(1);
      (whole ? m_whole : m_prefixes).emplace_back(code, condition);
    }
  }
  static std::uint32_t matching(const std::vector<Entry>& entries, std::string_view code) {
    std::uint32_t found = 0;
    for (auto entry = std::lower_bound(entries.begin(), entries.end(), Entry{code, 0});
         entry != entries.end() && entry->first == code; ++entry)
      found |= entry->second;
    return found;
  }

  std::vector<Entry> m_prefixes, m_whole;
};

}  // namespace

std::span<const AcuteCondition, kConditionCount> acuteConditions() {
  return kConditions;
}

std::uint32_t conditionsOf(IcdVersion version, std::string_view code) {
  static const CodeTable kIcd9(&AcuteCondition::icd9);
  static const CodeTable kIcd10(&AcuteCondition::icd10);
  std::string plain;
  for (const char letter : code)
    if (letter != ' ') plain += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return (version == IcdVersion::Icd9 ? kIcd9 : kIcd10).conditions(plain);
}

}  // namespace fusemoe
