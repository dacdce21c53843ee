# One static library a layer. A layer links the layers it names, so that a call against the arrows does not link.

add_library(gs_options INTERFACE)
if(MSVC)
    target_compile_options(gs_options INTERFACE /W4 /fp:precise $<$<BOOL:${GS_WARNINGS_AS_ERRORS}>:/WX>)
else()
    target_compile_options(gs_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
        $<$<BOOL:${GS_WARNINGS_AS_ERRORS}>:-Werror>)
endif()
if(GS_ASSERTIONS)
    target_compile_definitions(gs_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(GS_SANITIZE)
    target_compile_options(gs_options INTERFACE -fsanitize=${GS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(gs_options INTERFACE -fsanitize=${GS_SANITIZE})
endif()

# gs_layer(<name> SOURCES <file>… [LINKS <layer below>…] [HEADERS_OF <gs_boost | gs_eigen>…])
function(gs_layer name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS;HEADERS_OF" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/cpp")
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE $<BUILD_INTERFACE:gs_options> ${arg_HEADERS_OF})
endfunction()
