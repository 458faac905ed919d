# shellcheck shell=bash
# Sourced by the launchers. Sets JAVA to the java of a usable JDK, or ends the program with status 2;
# options to the words of LANEWISE_JAVA_OPTS; and LC_ALL where Java would not know any file's name.

# usable HOME: whether a JDK 25.0.3 or newer with the Vector API lies there. Reads the JDK's release
# file, because starting a JVM only to ask for its version would take longer than all the rest.
usable() {
  local key value version='' modules='' major minor patch rest
  [[ -n $1 && -x $1/bin/java && -r $1/release ]] || return 1
  while IFS='=' read -r key value || [[ -n $key ]]; do
    value=${value%$'\r'}
    value=${value#\"}
    value=${value%\"}
    case $key in
      JAVA_VERSION) version=$value ;;
      MODULES) modules=$value ;;
    esac
  done <"$1/release"
  [[ -z $modules || " $modules " == *' jdk.incubator.vector '* ]] || return 1
  IFS=. read -r major minor patch rest <<<"${version%%[!0-9.]*}"
  ((10#${major:-0} > 25 ||
    10#${major:-0} == 25 && (10#${minor:-0} > 0 || 10#${patch:-0} >= 3)))
}

# resolve FILE: prints the file that a chain of symbolic links ends at.
resolve() {
  local file=$1 target
  while [[ -L $file ]]; do
    target=$(readlink "$file")
    [[ $target == /* ]] || target=$(dirname "$file")/$target
    file=$target
  done
  printf '%s\n' "$(cd -P "$(dirname "$file")" && pwd)/$(basename "$file")"
}

find_java() {
  local needed='JDK 25 (25.0.3 or newer)' home name on_path user_home=${HOME:-}
  if [[ -n ${LANEWISE_JAVA_HOME:-} ]]; then
    if ! usable "$LANEWISE_JAVA_HOME"; then
      echo "lanewise: LANEWISE_JAVA_HOME=$LANEWISE_JAVA_HOME is not a $needed." >&2
      exit 2
    fi
    JAVA=$LANEWISE_JAVA_HOME/bin/java
    return
  fi
  local homes=("${JAVA_HOME:-}")
  for name in $(compgen -v | grep -E '^(JAVA|JDK)_?[0-9]+_HOME|^JAVA_HOME_[0-9]+'); do
    homes+=("${!name}")
  done
  if on_path=$(type -P java); then
    on_path=$(dirname "$(dirname "$(resolve "$on_path")")")
    homes+=("$on_path")
  fi
  homes+=(
    /usr/lib/jvm/*
    /usr/lib64/jvm/*
    /usr/java/*
    /usr/local/java/*
    /opt/*
    /opt/java/*
    "$user_home"/.sdkman/candidates/java/*
    "$user_home"/.jdks/*
    "$user_home"/.m2/jdks/*
    "$user_home"/.gradle/jdks/*
    "$user_home"/.asdf/installs/java/*
    "$user_home"/.local/share/mise/installs/java/*
    "$user_home"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  )
  for home in "${homes[@]}"; do
    if usable "$home"; then
      JAVA=$home/bin/java
      return
    fi
  done
  echo "lanewise: no $needed found: install Temurin 25 from https://adoptium.net," \
    "or set LANEWISE_JAVA_HOME to where one is installed." >&2
  exit 2
}

find_java

# split_options TEXT: sets options to the words of a text, with quotes and backslashes as in a shell;
# nothing is expanded or run.
split_options() {
  local text=$1 quote='' word='' started='' char i
  options=()
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    if [[ $char == "$quote" ]]; then
      quote=''
    elif [[ $char == \\ && $quote != "'" ]]; then
      # Between double quotes a backslash is one, but before what it would have to protect.
      [[ $quote == '"' && ${text:i+1:1} != [\"\\\$\`] ]] && word+=$char
      i=$((i + 1))
      word+=${text:i:1}
      started=yes
    elif [[ -z $quote && $char == [\'\"] ]]; then
      quote=$char
      started=yes
    elif [[ -z $quote && $char == [[:space:]] ]]; then
      [[ -n $started ]] && options+=("$word")
      word=''
      started=''
    else
      word+=$char
      started=yes
    fi
  done
  if [[ -n $quote ]]; then
    echo "lanewise: LANEWISE_JAVA_OPTS opens a $quote that nothing closes." >&2
    exit 2
  fi
  [[ -z $started ]] || options+=("$word")
}

split_options "${LANEWISE_JAVA_OPTS:-}"

# use_utf8: Java names files in the characters of the locale, and that of most containers, C, has
# but those of ASCII. Other locales are left alone.
use_utf8() {
  local letter=$'\xc3\xa4' name
  ((${#letter} == 2)) || return 0
  case $(locale charmap 2>/dev/null || echo ASCII) in
    *ASCII* | ANSI_X3.4-1968 | 646) ;;
    *) return 0 ;;
  esac
  for name in C.UTF-8 en_US.UTF-8; do
    if [[ $(export LC_ALL=$name && echo "${#letter}") == 1 ]]; then
      export LC_ALL=$name
      return
    fi
  done 2>/dev/null
}

use_utf8
