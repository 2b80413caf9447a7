# Completions of errdecode for fish. Made by `errdecode completion fish`; do not edit.
#
# To use them: save them as ~/.config/fish/completions/errdecode.fish; or, for one session,
# errdecode completion fish | source.

# Says, one a line: the command, the folder of --catalog, and the arguments before the cursor. The
# command is the first word that is neither an option nor an option's value, if it names one.
function __errdecode_walk
    set -l command ''
    set -l folder ''
    set -l seen
    set -l pending ''
    set -l ended ''
    set -l words (commandline -opc)
    while string match -qr '^\w+=' -- "$words[1]" # variables set for this command alone
        set -e words[1]
    end
    for word in $words[2..]
        if test -n "$pending"
            test "$pending" = --catalog; and set folder $word
            set pending ''
        else if test -n "$ended"
            set -a seen $word
        else if test "$word" = --
            set ended 1
        else if string match -q -- '--catalog=*' $word
            set folder (string replace -- --catalog= '' $word)
        else if string match -q -- '-?*' $word
            __errdecode_takes_value "$command" $word; and set pending $word
        else if not set -q seen[1]; and __errdecode_has_subcommand "$command" "$word"
            set command (string trim "$command $word")
        else
            set -a seen $word
        end
    end
    printf '%s\n' "$command" "$folder" $seen
end

function __errdecode_on --description 'Whether one of these commands stands on the line'
    set -l line (__errdecode_walk)
    contains -- "$line[1]" $argv
end

function __errdecode_at --description 'Whether that many arguments stand before the cursor'
    set -l line (__errdecode_walk)
    test (count $line[3..]) -eq $argv[1]; and contains -- "$line[1]" $argv[2..]
end

function __errdecode_from --description 'Whether at least that many arguments stand before the cursor'
    set -l line (__errdecode_walk)
    test (count $line[3..]) -ge $argv[1]; and contains -- "$line[1]" $argv[2..]
end

# Asks the program, which knows the user's own catalogs.
function __errdecode_ask --argument-names kind
    set -l line (__errdecode_walk)
    set -l call completion --words
    set -l current (commandline -ct)
    if test "$kind" = explain; and not set -q line[3]; and test -z "$current"
        set kind ids # codes once a letter is typed
    end
    set -a call $kind
    test -n "$line[2]"; and set -a call --catalog $line[2]
    test $kind = ids; or set -a call $line[3..]
    command errdecode $call 2>/dev/null </dev/null
end

@TABLE@
