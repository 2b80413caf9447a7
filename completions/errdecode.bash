# shellcheck shell=bash disable=SC2034,SC2154  # the functions share the variables of _errdecode
# Completions of errdecode for bash. Made by `errdecode completion bash`; do not edit.
#
# To use them: eval "$(errdecode completion bash)", in ~/.bashrc, say; or save them as
# ~/.local/share/bash-completion/completions/errdecode.

# What a command takes: its subcommands; its options, with what their values are; and
# what its arguments are ("...": as many as you like).
__errdecode_takes() {  # COMMAND
    commands=() options=() arguments=()
    case $1 in
    '') commands=(decode why fix scan explain formats completion catalog) ;;
    catalog) commands=(check new test import learn gaps) ;;
    esac
    case $1 in
    '' | decode)
        options=(
            -V --version
            --json-schema
            --request=files
            --status=nothing
            --method=nothing
            --url=nothing
            --operation=nothing
            --timeout
            --format=ids
            --catalog=folders
            --read-files
            --max-bytes=nothing
            '-o=choices terminal short json markdown html' '--output=choices terminal short json markdown html'
            --json
            -v --verbose
            -q --quiet
            '--color=choices auto always never'
            --width=nothing
            --ascii
            '--links=choices auto always never'
            --show-secrets
            '--exit-code=choices outcome verdict'
            -h --help
        )
        arguments=(files...)
        ;;
    why)
        options=(
            --request=files
            --status=nothing
            --method=nothing
            --url=nothing
            --operation=nothing
            --timeout
            --format=ids
            --catalog=folders
            --read-files
            --max-bytes=nothing
            '-o=choices terminal short json markdown html' '--output=choices terminal short json markdown html'
            --json
            -v --verbose
            -q --quiet
            '--color=choices auto always never'
            --width=nothing
            --ascii
            '--links=choices auto always never'
            --show-secrets
            '--exit-code=choices outcome verdict'
            -h --help
        )
        arguments=(files...)
        ;;
    fix)
        options=(
            --patch
            --all
            --request=files
            --status=nothing
            --method=nothing
            --url=nothing
            --operation=nothing
            --format=ids
            --catalog=folders
            --read-files
            --max-bytes=nothing
            -q --quiet
            '--color=choices auto always never'
            --show-secrets
            -h --help
        )
        arguments=(files...)
        ;;
    scan)
        options=(
            --json-schema
            --open=nothing
            --why=nothing
            --save=files
            --compare=files
            '--fail-on=choices any unknown new'
            -f --follow
            -j=nothing --jobs=nothing
            '--engine=choices hyperscan stdlib rg'
            --scheduler=nothing
            '-o=choices terminal json jsonl markdown html' '--output=choices terminal json jsonl markdown html'
            -v --verbose
            --jsonl
            --catalog=folders
            --json
            -q --quiet
            '--color=choices auto always never'
            --width=nothing
            --ascii
            '--links=choices auto always never'
            --show-secrets
            -h --help
        )
        arguments=(files...)
        ;;
    explain)
        options=(
            --operation=nothing
            --catalog=folders
            --json
            --width=nothing
            -h --help
        )
        arguments=(explain...)
        ;;
    formats)
        options=(
            --catalog=folders
            --json
            --width=nothing
            -h --help
        )
        arguments=(formats...)
        ;;
    completion)
        options=(
            -h --help
        )
        arguments=('choices bash zsh fish powershell')
        ;;
    catalog)
        options=(
            -h --help
        )
        ;;
    'catalog check')
        options=(
            -h --help
        )
        arguments=(files...)
        ;;
    'catalog new')
        options=(
            -h --help
        )
        arguments=(nothing)
        ;;
    'catalog test')
        options=(
            --only=ids
            -h --help
        )
        arguments=(folders)
        ;;
    'catalog import')
        options=(
            --id=nothing
            --name=nothing
            --max-bytes=nothing
            -h --help
        )
        arguments=(files)
        ;;
    'catalog learn')
        options=(
            --id=nothing
            --name=nothing
            --max-bytes=nothing
            -h --help
        )
        arguments=(files...)
        ;;
    'catalog gaps')
        options=(
            --clear
            --json
            -h --help
        )
        ;;
    esac
}

_errdecode() {
    local IFS=$' \t\n'
    local commands options arguments value          # what the table says
    local readline=$2 whole=$2 quoted=''            # the current word as readline cut it, and whole
    local words=()                                  # the words before it, and what they mean:
    local command='' seen=() folder='' pending='' ended=''
    COMPREPLY=()
    __errdecode_split
    __errdecode_walk
    __errdecode_takes "$command"
    if [[ $pending == '<' ]]; then
        return  # a redirection: files
    elif [[ -n $pending ]]; then
        __errdecode_value "$command" "$pending"
        __errdecode_complete "$value"
    elif [[ -z $ended && $whole == --*=* ]]; then
        __errdecode_value "$command" "${whole%%=*}"
        __errdecode_complete "${value:-nothing}" "${whole%%=*}="
    elif [[ -z $ended && $whole == -[!-]?* ]] && __errdecode_value "$command" "${whole:0:2}"; then
        __errdecode_complete "$value" "${whole:0:2}"
    elif [[ -z $ended && $whole == -* ]]; then
        __errdecode_complete "choices ${options[*]%%=*}"
    elif [[ ${#commands[@]} -gt 0 && ${#seen[@]} -eq 0 && -z $ended ]]; then
        __errdecode_complete_command
    else
        __errdecode_complete_argument
    fi
}

# Finds what the value of an option is; fails for an option that takes none.
__errdecode_value() {  # COMMAND OPTION
    local option
    value=''
    __errdecode_takes "$1"
    for option in "${options[@]}"; do
        [[ $option == "$2="* ]] && value=${option#*=}
    done
    [[ -n $value ]]
}

# Joins the words that readline cut at "=" and ":"; nothing in them is ever evaluated.
__errdecode_split() {
    local line=$COMP_LINE piece gap i
    for ((i = 0; i < COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        gap=${line%%"$piece"*}
        line=${line#*"$piece"}
        if [[ $i -gt 0 && -z $gap ]]; then
            words[${#words[@]} - 1]+=$piece
        else
            words+=("$piece")
        fi
    done
    words=("${words[@]//[\\\"\']/}")  # without their quotes
    piece=${COMP_WORDS[COMP_CWORD]}
    gap=${line%%"$piece"*}
    case $piece in
    [\'\"]*) quoted=1 ;;
    *[=:]) [[ -n $whole ]] || whole=$piece ;;  # the cursor stands behind the cut
    esac
    if [[ -n $piece && -z $gap && ${#words[@]} -gt 1 ]]; then
        whole=${words[${#words[@]} - 1]}$whole
        unset "words[${#words[@]} - 1]"
    fi
}

# Finds the command: the first word that is neither an option nor an option's value, if it names one.
__errdecode_walk() {
    local word
    for word in "${words[@]:1}"; do
        if [[ -n $pending ]]; then
            [[ $pending == --catalog ]] && folder=$word
            pending=''
        elif [[ $word == [\<\>]* ]]; then
            pending='<'
        elif [[ -n $ended ]]; then
            seen+=("$word")
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ $word == --catalog=* ]]; then
            folder=${word#*=}
        elif [[ $word == -?* ]]; then
            __errdecode_value "$command" "$word" && pending=$word
        else
            __errdecode_takes "$command"
            if [[ ${#seen[@]} -eq 0 && " ${commands[*]} " == *" $word "* ]]; then
                command=${command:+$command }$word
            else
                seen+=("$word")
            fi
        fi
    done
}

# Offers what a kind of value may be. STEM is the part of the current word that stands before it.
__errdecode_complete() {  # VALUE [STEM]
    local IFS=$' \t\n'
    case $1 in
    files) return ;;  # none of ours: readline's own files, with its own quoting
    folders) compopt +o default +o bashdefault -o dirnames 2>/dev/null ;;
    nothing) compopt +o default +o bashdefault 2>/dev/null ;;
    choices*)
        compopt +o default +o bashdefault 2>/dev/null
        # shellcheck disable=SC2086  # a list of plain words
        __errdecode_offer "$2" ${1#choices}
        ;;
    *)
        compopt +o default +o bashdefault 2>/dev/null
        __errdecode_ask "$1" "$2"
        ;;
    esac
}

# Offers subcommands; beside those of the program files and folders, as it decodes without a command.
__errdecode_complete_command() {
    local file
    __errdecode_complete "choices ${commands[*]}"
    [[ ${arguments[0]} == files* ]] || return
    compopt -o default -o bashdefault 2>/dev/null
    [[ ${#COMPREPLY[@]} -gt 0 ]] || return
    while IFS= read -r file; do
        [[ -z $whole && $file == .* ]] && continue
        [[ -d $file ]] && file+=/
        [[ -n $quoted ]] || printf -v file %q "$file"
        COMPREPLY+=("$file")
    done < <(compgen -f -- "$whole")
}

__errdecode_complete_argument() {
    local last=$((${#arguments[@]} - 1)) at=${#seen[@]} value=nothing
    if [[ $at -le $last ]]; then
        value=${arguments[at]}
    elif [[ $last -ge 0 && ${arguments[last]} == *... ]]; then
        value=${arguments[last]}
    fi
    __errdecode_complete "${value%...}"
}

# Asks the program, which knows the user's own catalogs.
__errdecode_ask() {  # KIND STEM
    local kind=$1 word found=() call=(completion --words)
    [[ $kind == explain && -z $whole && ${#seen[@]} -eq 0 ]] && kind=ids  # codes once a letter is typed
    call+=("$kind")
    [[ -n $folder ]] && call+=(--catalog "$folder")
    [[ $kind == ids ]] || call+=("${seen[@]}")
    while IFS=$'\t' read -r word _; do
        [[ -n $quoted ]] || printf -v word %q "$word"
        found+=("$word")
    done < <(command errdecode "${call[@]}" 2>/dev/null </dev/null)
    __errdecode_offer "$2" "${found[@]}"
}

# Keeps the words that continue the current one, cut as readline has cut it.
__errdecode_offer() {  # STEM WORD...
    local stem=$1 cut=$((${#whole} - ${#readline})) word
    shift
    for word in "$@"; do
        word=$stem$word
        [[ $word == "$whole"* ]] && COMPREPLY+=("${word:cut}")
    done
}

complete -o bashdefault -o default -F _errdecode errdecode
