#compdef errdecode
# Completions of errdecode for zsh. Made by `errdecode completion zsh`; do not edit.
#
# To use them: save them as _errdecode in a folder of $fpath before compinit runs; or, after it,
# source <(errdecode completion zsh).

@TABLE@

_errdecode() {
    local curcontext=$curcontext command= folder= pending= ended= word
    local -a specs valued subcommands seen line
    local -A opt_args
    local -i at
    # The command is the first word that is neither an option nor an option's value, if it names
    # one. What stands before it has been read; the line that is left is the command's own.
    __errdecode_takes ''
    for (( at = 2; at < CURRENT; at++ )); do
        word=${(Q)words[at]}
        if [[ -n $pending ]]; then
            [[ $pending == --catalog ]] && folder=$word
            pending=
        elif [[ -n $ended ]]; then
            seen+=("$word")
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ $word == --catalog=* ]]; then
            folder=${word#*=}
        elif [[ $word == -?* ]]; then
            (( ${valued[(Ie)$word]} )) && pending=$word
        elif (( ! $#seen && ${#subcommands[(r)${(b)word}:*]} )); then
            command=${command:+$command }$word
            __errdecode_takes "$command"
            words[2,at]=()
            (( CURRENT -= at - 1, at = 1 ))
        else
            seen+=("$word")
        fi
    done
    curcontext=${curcontext%:*:*}:errdecode${command:+-${command// /-}}:
    _arguments -s -S : $specs
}

__errdecode_commands() {
    _describe -t commands command subcommands
}

# The program decodes without a command, so files stand beside the commands.
__errdecode_files() {
    if (( $#subcommands && ! $#seen )) && [[ -z $ended ]]; then
        _alternative 'commands:command:__errdecode_commands' 'files:file:_files'
    else
        _files
    fi
}

# Asks the program, which knows the user's own catalogs.
__errdecode_ask() {  # KIND
    local kind=$1 word help
    local -a call found
    [[ $kind == explain && $#seen -eq 0 && -z $PREFIX ]] && kind=ids  # codes once a letter is typed
    call=(completion --words $kind)
    [[ -n $folder ]] && call+=(--catalog "$folder")
    [[ $kind == ids ]] || call+=("${seen[@]}")
    while IFS=$'\t' read -r word help; do
        found+=("${${word//\\/\\\\}//:/\\:}:$help")
    done < <(command errdecode "${call[@]}" 2>/dev/null </dev/null)
    _describe -t words 'format or code' found
}

if [[ $funcstack[1] == _errdecode ]]; then
    _errdecode "$@"
else
    compdef _errdecode errdecode
fi
