# What the commands share: sentences for people, and the tools they need. Sourced by ./shouwang, ./test and .ci/run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }

stop_with() { say "$*"; exit 3; }

# Debian's packages can be installed without asking only as root.
can_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

# install_packages WHY PACKAGE…: installs what is missing, or says in one sentence what to type.
install_packages()
{
    local why=$1 missing=() package
    shift
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [[ ${#missing[@]} == 0 ]] && return 0
    can_install || stop_with "$why needs ${missing[*]}; on Debian install them with: sudo apt-get install ${missing[*]}"

    say "Installing ${missing[*]} …"
    mkdir -p "$root/.build"
    local log=$root/.build/install.log
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } </dev/null >"$log" 2>&1 || { tail -n 20 "$log" >&2; stop_with "Could not install ${missing[*]}; the whole log is in $log."; }
}

# Finds the .NET 10 SDK, also where the official script puts it; installs it where the system has a package of it.
need_dotnet()
{
    local place
    for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
        command -v dotnet >/dev/null && break
        [[ -n $place && -x $place/dotnet ]] && export DOTNET_ROOT=$place PATH=$place:$PATH
    done
    has_sdk_10 && return 0
    if can_install && [[ -n $(apt-cache search --names-only '^dotnet-sdk-10.0$' 2>/dev/null) ]]; then
        install_packages "Building Shouwang" dotnet-sdk-10.0
        has_sdk_10 && return 0
    fi
    stop_with "Building Shouwang needs the .NET 10 SDK; install it with: curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

has_sdk_10() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# The field app and the kiosk are TypeScript; esbuild bundles them as part of the build.
need_node()
{
    has_node_20 && return 0
    local offered
    offered=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*\).*/\1/p') || offered=
    if can_install && [[ ${offered:-0} -ge 20 ]]; then
        install_packages "Building Shouwang" nodejs npm
        has_node_20 && return 0
    fi
    stop_with "Building Shouwang needs Node 20 with npm; install it with: curl -fsSL https://deb.nodesource.com/setup_20.x | sudo bash - && sudo apt-get install -y nodejs"
}

has_node_20()
{
    local version
    command -v npm >/dev/null && version=$(node --version 2>/dev/null) && version=${version#v} && [[ ${version%%.*} -ge 20 ]]
}

# The published program finds its runtime through DOTNET_ROOT; no SDK is asked.
find_runtime()
{
    [[ -n ${DOTNET_ROOT:-} ]] && return 0
    local dotnet
    if dotnet=$(command -v dotnet); then
        DOTNET_ROOT=$(dirname -- "$(readlink -f -- "$dotnet")")
    elif [[ -x $HOME/.dotnet/dotnet ]]; then
        DOTNET_ROOT=$HOME/.dotnet
    else
        return 0
    fi
    export DOTNET_ROOT
}
