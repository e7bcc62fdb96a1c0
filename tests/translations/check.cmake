# Is every text of the sources in the translation, and translated? Takes up the texts into a copy of the file, as
# update_translations does, and looks for what is not finished. -DSELFTEST=ON takes one message out first and expects to
# be told.
#   cmake -DROOT=… -DTS=… -DLUPDATE=… -DOUT=… [-DSELFTEST=ON] -P check.cmake
file(READ ${TS} translation)
if(SELFTEST)
  string(REGEX REPLACE "<message>[ \n]*<source>FuseMoE Explorer</source>.*(<message>[ \n]*<source>Research use)" "\\1"
         shortened "${translation}")
  if(shortened STREQUAL translation)
    message(FATAL_ERROR "the self test found no message to take out")
  endif()
  set(translation "${shortened}")
endif()
file(WRITE ${OUT} "${translation}")
execute_process(COMMAND ${LUPDATE} -silent -no-obsolete -locations none -source-language en -target-language de ui app/explorer
                        -ts ${OUT}
                WORKING_DIRECTORY ${ROOT} RESULT_VARIABLE failed ERROR_VARIABLE errors)
if(failed)
  message(FATAL_ERROR "lupdate failed: ${errors}")
endif()
file(READ ${OUT} updated)
# Semicolons would split the list of matches.
string(REPLACE ";" "," updated "${updated}")
string(REGEX MATCHALL "<source>[^<]*</source>[ \n]*(<comment>[^<]*</comment>[ \n]*)?<translation type=\"unfinished\"" unfinished "${updated}")
list(LENGTH unfinished count)
# A function that hands its argument on hides the text from lupdate.
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/ui/*.cpp ${ROOT}/app/explorer/*.cpp)
set(hidden "")
foreach(source IN LISTS sources)
  file(STRINGS ${ROOT}/${source} lines REGEX "QCoreApplication::translate\\(\"[^\"]*\", *[a-z]")
  if(lines)
    list(APPEND hidden ${source})
  endif()
endforeach()
if(SELFTEST)
  if(count EQUAL 0)
    message(FATAL_ERROR "the check did not see that a message is missing")
  endif()
elseif(count GREATER 0 OR hidden)
  string(REPLACE ";" "\n  " text "${unfinished}")
  message(FATAL_ERROR "${count} texts are not translated (cmake --build … --target update_translations, then fill them in):\n"
                      "  ${text}\nTexts that lupdate cannot see in: ${hidden}")
endif()
