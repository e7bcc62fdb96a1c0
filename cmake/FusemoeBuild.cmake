# How every target of the project is compiled: standard, warnings, sanitizers, ccache and where outputs go.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Packages found in one folder are targets in all: tests link what engine/torch found.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

include(GNUInstallDirs)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# The engine module lies beside the programs as it does when installed: bin/../lib/fusemoe.
set(FUSEMOE_MODULE_DIR lib/fusemoe)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(fusemoe_build INTERFACE)
target_compile_options(fusemoe_build INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
# GCC 12 reports a false overlap on "literal" + std::string (GCC bug 105329).
target_compile_options(fusemoe_build INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(FUSEMOE_WERROR)
  target_compile_options(fusemoe_build INTERFACE -Werror)
endif()
if(FUSEMOE_SANITIZE)
  add_compile_options(-fsanitize=${FUSEMOE_SANITIZE} -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=${FUSEMOE_SANITIZE})
endif()

# fusemoe_library(name SOURCES… ): a static library whose headers are found from its parent folder ("base/result.h"),
# never from the repository root.
function(fusemoe_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/..)
  target_link_libraries(${name} PUBLIC fusemoe_build)
endfunction()
