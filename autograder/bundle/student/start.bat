@echo off
rem Starts the course on Windows. It only looks for a Python that is new enough; start.py does the rest.
pushd "%~dp0"
if not exist start.py (
  echo Unpack the zip first: right-click it, Extract All. Then start again in the new folder.
  pause
  exit /b 1
)
set "python=python"
where py >nul 2>nul && set "python=py -3"
%python% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 (
  echo Python 3.11 or newer is needed: install it from https://www.python.org/downloads/ and start again.
  pause
  exit /b 1
)
%python% start.py %*
if errorlevel 1 pause
