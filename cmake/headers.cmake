# Boost and Eigen: headers only, taken from the packages of the Python environment that builds us.

function(gs_find_headers package file out)
    execute_process(
        COMMAND "${Python_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/find_headers.py" ${package} ${file}
        OUTPUT_VARIABLE folder ERROR_VARIABLE problem RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "Headers of the Python package ${package} not found with ${Python_EXECUTABLE}: ${problem}")
    endif()
    set(${out} "${folder}" PARENT_SCOPE)
endfunction()

gs_find_headers(libboost-headers boost/version.hpp GS_BOOST_FOLDER)
gs_find_headers(cmeel-eigen Eigen/Core GS_EIGEN_FOLDER)

add_library(gs_boost INTERFACE)
target_include_directories(gs_boost SYSTEM INTERFACE "${GS_BOOST_FOLDER}")
add_library(gs_eigen INTERFACE)
target_include_directories(gs_eigen SYSTEM INTERFACE "${GS_EIGEN_FOLDER}")
