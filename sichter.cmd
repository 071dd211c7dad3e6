@echo off
rem Starts Sichter on Windows, as the script "sichter" does elsewhere: finds Java, builds on first use, sets what must be set
rem before a JVM starts. SICHTER_THREADS, SICHTER_JAVA_OPTS: see there. After a change of the sources run
rem "mvnw -DskipTests package" yourself: what is newer, a batch file cannot tell.
setlocal DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "DIST=%HOME_DIR%cli\target\dist"
if exist "%HOME_DIR%lib\sichter-cli.jar" set "DIST=%HOME_DIR%."

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA_HOME%\bin\java.exe" (
    >&2 echo error: JAVA_HOME names no Java
    >&2 echo   fix: Set JAVA_HOME to a JDK 17 or newer, or unset it
    exit /b 2
)
set "MAJOR="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2>&1" ^| findstr /i /c:" version "') do if not defined MAJOR set "MAJOR=%%~v"
for /f "delims=.-+_" %%m in ("%MAJOR%") do set "MAJOR=%%m"
if not defined MAJOR (
    >&2 echo error: Java was not found
    >&2 echo   fix: Install a JDK 17 or newer ^(https://adoptium.net^) or set JAVA_HOME
    exit /b 2
)
if %MAJOR% LSS 17 (
    >&2 echo error: This Java is too old
    >&2 echo   received: Java %MAJOR%
    >&2 echo   fix: Install a JDK 17 or newer ^(https://adoptium.net^) or set JAVA_HOME to it
    exit /b 2
)

if not exist "%DIST%\lib\sichter-cli.jar" (
    >&2 echo Building Sichter, once ...
    pushd "%HOME_DIR%"
    call mvnw.cmd -q -B -pl core,cli -Dmaven.test.skip=true -Dspotless.check.skip=true -Dassembly.skipAssembly=true package 1>&2
    if errorlevel 1 (
        popd
        >&2 echo error: Sichter could not be built
        exit /b 1
    )
    popd
)

if not defined OMP_NUM_THREADS if defined SICHTER_THREADS set "OMP_NUM_THREADS=%SICHTER_THREADS%"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%NUMBER_OF_PROCESSORS%"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OPENCV_LOG_LEVEL set "OPENCV_LOG_LEVEL=OFF"

set "OPTIONS=-Xmx1g -XX:+UseSerialGC -XX:-UsePerfData -Dfile.encoding=UTF-8 -Djava.awt.headless=true"
set "OPTIONS=%OPTIONS% -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.maxbytes=0"
if %MAJOR% GEQ 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
"%JAVA%" %OPTIONS% %SICHTER_JAVA_OPTS% -jar "%DIST%\lib\sichter-cli.jar" %*
exit /b %ERRORLEVEL%
