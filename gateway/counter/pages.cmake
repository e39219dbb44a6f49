# The counter page's files: what is served, as what, and from where; and their text as one C++ source.
#
# A row is `path below /counter/|media type|file`. A file that is not named here is not served (a test compares the list
# with the folder). The design tokens come from npm where it is there; without it tokens.css says nothing and style.css's
# own values stand.
block()
set(html "text/html\; charset=utf-8")
set(css "text/css\; charset=utf-8")
set(js "text/javascript\; charset=utf-8")
set(plain "text/plain\; charset=utf-8")
set(folder ${CMAKE_CURRENT_LIST_DIR})
set(built ${CMAKE_CURRENT_BINARY_DIR}/counter)

# tokens.css: fetched once for each state of the lock file.
file(SHA256 ${folder}/package-lock.json lock)
set(tokens ${built}/${lock}.css)
set(package ${built}/node_modules/@digital-go-jp/design-tokens)
find_program(SEKISHO_NPM npm DOC "For the design tokens of the counter page; it works without")
if(SEKISHO_NPM AND NOT EXISTS ${tokens})
    file(COPY ${folder}/package.json ${folder}/package-lock.json DESTINATION ${built})
    execute_process(
        COMMAND ${SEKISHO_NPM} ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 --fetch-timeout=20000
        WORKING_DIRECTORY ${built} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET TIMEOUT 60)
    if(NOT failed AND EXISTS ${package}/dist/tokens.css)
        file(READ ${package}/LICENSE license)
        file(READ ${package}/dist/tokens.css text)
        file(WRITE ${tokens} "/*\n${license}*/\n${text}")
    else()
        message(STATUS "No design tokens from npm: the counter page uses its own values")
    endif()
endif()
if(NOT EXISTS ${tokens})
    set(tokens ${built}/none.css)
    file(WRITE ${tokens} "/* The design tokens were not there at build; style.css has its own values. */\n")
endif()

set(rows
    "|${html}|index.html"
    "icon.svg|image/svg+xml|icon.svg"
    "style.css|${css}|style.css"
    "tokens.css|${css}|${tokens}"
    "explanation/2026-04.ja.txt|${plain}|explanation/2026-04.ja.txt"
    "explanation/2026-04.en.txt|${plain}|explanation/2026-04.en.txt")
file(STRINGS ${folder}/scripts.txt scripts)
foreach(script IN LISTS scripts)
    list(APPEND rows "${script}|${js}|${script}")
endforeach()

set(SEKISHO_COUNTER_ROWS "")
foreach(row IN LISTS rows)
    string(REGEX MATCH "^([^|]*)\\|([^|]*)\\|([^|]*)$" matched "${row}")
    set(path ${CMAKE_MATCH_1})
    set(type "${CMAKE_MATCH_2}")
    cmake_path(ABSOLUTE_PATH CMAKE_MATCH_3 BASE_DIRECTORY ${folder}/pages OUTPUT_VARIABLE file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND SEKISHO_COUNTER_ROWS "        {\"/counter/${path}\", \"${type}\", R\"~counter~(${text})~counter~\"},\n")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/scripts.txt)
configure_file(${folder}/pages.cpp.in ${built}/pages.cpp @ONLY)
target_sources(gateway_counter PRIVATE ${built}/pages.cpp)
endblock()
