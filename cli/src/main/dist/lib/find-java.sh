# shellcheck shell=bash
# Sourced by the launchers. Sets JAVA to the java of a usable JDK, or ends the program with status 2.

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
