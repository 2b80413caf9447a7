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

function __errdecode_takes_value --argument-names command option
    set -l valued
    switch $command
        case '' 'decode'
            set valued --request --status --method --url --operation --format --catalog --max-bytes -o --output --color --width --links --exit-code
        case 'why'
            set valued --request --status --method --url --operation --format --catalog --max-bytes -o --output --color --width --links --exit-code
        case 'fix'
            set valued --request --status --method --url --operation --format --catalog --max-bytes --color
        case 'scan'
            set valued --open --why --save --compare --fail-on -j --jobs --engine --scheduler -o --output --catalog --color --width --links
        case 'explain'
            set valued --operation --catalog --width
        case 'formats'
            set valued --catalog --width
        case 'catalog test'
            set valued --only
        case 'catalog import'
            set valued --id --name --max-bytes
        case 'catalog learn'
            set valued --id --name --max-bytes
    end
    contains -- $option $valued
end

function __errdecode_has_subcommand --argument-names command word
    contains -- "$command/$word" /decode /why /fix /scan /explain /formats /completion /catalog catalog/check catalog/new catalog/test catalog/import catalog/learn catalog/gaps
end

# Commands.
complete -c errdecode -n '__errdecode_at 0 ""' -a decode -d 'Say what an API error response means, where in the request the fault lies, and what to do'
complete -c errdecode -n '__errdecode_at 0 ""' -a why -d 'Show why a format was recognised, and the runner-up'
complete -c errdecode -n '__errdecode_at 0 ""' -a fix -d 'Print what you sent, corrected where the response leaves no doubt; it sends nothing'
complete -c errdecode -n '__errdecode_at 0 ""' -a scan -d 'Find, decode and group every error in logs, HAR files, archives and folders of them'
complete -c errdecode -n '__errdecode_at 0 ""' -a explain -d 'Say what a code or a status means, without a response'
complete -c errdecode -n '__errdecode_at 0 ""' -a formats -d 'List the documented formats, or show one'
complete -c errdecode -n '__errdecode_at 0 ""' -a completion -d 'Print the completion script of a shell'
complete -c errdecode -n '__errdecode_at 0 ""' -a catalog -d 'Make, check and test catalog files'
complete -c errdecode -n '__errdecode_at 0 catalog' -a check -d 'Report all faults of catalog files, each with its file and line'
complete -c errdecode -n '__errdecode_at 0 catalog' -a new -d 'Print a commented skeleton of a catalog file'
complete -c errdecode -n '__errdecode_at 0 catalog' -a test -d 'Run every example against every format; print the confusion matrix'
complete -c errdecode -n '__errdecode_at 0 catalog' -a import -d 'Draft a catalog file from an OpenAPI 3 document, or from a table of codes in CSV or JSON'
complete -c errdecode -n '__errdecode_at 0 catalog' -a learn -d 'Draft a catalog file from error responses that no format covers yet'
complete -c errdecode -n '__errdecode_at 0 catalog' -a gaps -d 'List the codes that could not be explained so far, the most frequent first'

# Options.
complete -c errdecode -n '__errdecode_on "" decode' -s V -l version -d 'Print the version'
complete -c errdecode -n '__errdecode_on "" decode scan' -l json-schema -d 'Print the schema of --json'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l request -r -F -d 'The payload you sent, to see the fault in place'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l status -x -d 'The response\'s HTTP status'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l method -x -d 'The request\'s method'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l url -x -d 'The request\'s URL'
complete -c errdecode -n '__errdecode_on "" decode why fix explain' -l operation -x -d 'The API method called, such as createSubCampaign'
complete -c errdecode -n '__errdecode_on "" decode why' -l timeout -d 'There was no answer at all; reads no input'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l format -x -a '(__errdecode_ask ids)' -d 'Decode as this format, one of `errdecode formats`'
complete -c errdecode -n '__errdecode_on "" decode why fix scan explain formats' -l catalog -x -a '(__fish_complete_directories)' -d 'A folder of catalog files to lay over the built-in ones'
complete -c errdecode -n '__errdecode_on "" decode why fix' -l read-files -d 'Read the files that `-d @FILE` names, beside the input'
complete -c errdecode -n '__errdecode_on "" decode why fix "catalog import" "catalog learn"' -l max-bytes -x -d 'The largest input that is read (default: 64 MiB)'
complete -c errdecode -n '__errdecode_on "" decode why' -s o -l output -x -a 'terminal short json markdown html' -d 'The form of the answer: terminal, short, json, markdown or html'
complete -c errdecode -n '__errdecode_on "" decode why scan explain formats "catalog gaps"' -l json -d 'Answer in JSON'
complete -c errdecode -n '__errdecode_on "" decode why' -s v -l verbose -d 'Add the proof of detection; -vv the exchange'
complete -c errdecode -n '__errdecode_on "" decode why fix scan' -s q -l quiet -d 'Leave out notes and hints'
complete -c errdecode -n '__errdecode_on "" decode why fix scan' -l color -x -a 'auto always never' -d 'Use colour: auto, always or never'
complete -c errdecode -n '__errdecode_on "" decode why scan explain formats' -l width -x -d 'Wrap prose at this many columns'
complete -c errdecode -n '__errdecode_on "" decode why scan' -l ascii -d 'Draw frames with ASCII characters only'
complete -c errdecode -n '__errdecode_on "" decode why scan' -l links -x -a 'auto always never' -d 'Make documentation links clickable: auto, always or never'
complete -c errdecode -n '__errdecode_on "" decode why fix scan' -l show-secrets -d 'Do not mask secrets'
complete -c errdecode -n '__errdecode_on "" decode why' -l exit-code -x -a 'outcome verdict' -d 'What the exit code tells: outcome or verdict'
complete -c errdecode -n '__errdecode_on "" decode why fix scan explain formats completion catalog "catalog check" "catalog new" "catalog test" "catalog import" "catalog learn" "catalog gaps"' -s h -l help -d 'Show this message and exit'
complete -c errdecode -n '__errdecode_on fix' -l patch -d 'Print the JSON Patch (RFC 6902) alone'
complete -c errdecode -n '__errdecode_on fix' -l all -d 'Make likely corrections and placeholders, too'
complete -c errdecode -n '__errdecode_on scan' -l open -x -d 'Show the group of this number in full, with its request where the log has it'
complete -c errdecode -n '__errdecode_on scan' -l why -x -d 'Show why the errors of this group were taken for one'
complete -c errdecode -n '__errdecode_on scan' -l save -r -F -d 'Save what was found to compare with'
complete -c errdecode -n '__errdecode_on scan' -l compare -r -F -d 'Say what is new, gone, grown or shrunk since a saved scan. Grown: at least twice as many as its rate per hour leads to expect, and 10 more; shrunk: at most half, and 10 fewer'
complete -c errdecode -n '__errdecode_on scan' -l fail-on -x -a 'any unknown new' -d 'Exit with 1 on any error, on one of no documented format, on one the baseline lacks: any, unknown or new'
complete -c errdecode -n '__errdecode_on scan' -s f -l follow -d 'Go on with what is added to files and folders, until Ctrl-C'
complete -c errdecode -n '__errdecode_on scan' -s j -l jobs -x -d 'Use this many processes (default: one per processor)'
complete -c errdecode -n '__errdecode_on scan' -l engine -x -a 'hyperscan stdlib rg' -d 'What looks for lines, the fastest first: hyperscan, stdlib, rg (default: the first one there is)'
complete -c errdecode -n '__errdecode_on scan' -l scheduler -x -d 'Scan on dask workers: the address of a scheduler, or `local`'
complete -c errdecode -n '__errdecode_on scan' -s o -l output -x -a 'terminal json jsonl markdown html' -d 'The form of the answer: terminal, json, jsonl, markdown, html'
complete -c errdecode -n '__errdecode_on scan' -s v -l verbose -d 'List all groups, skipped files and unreadable places; with --open as in decode'
complete -c errdecode -n '__errdecode_on scan' -l jsonl -d 'Print every error as a line of JSON while it is found; places are those in the unpacked file'
complete -c errdecode -n '__errdecode_on "catalog test"' -l only -x -a '(__errdecode_ask ids)' -d 'Test this format only'
complete -c errdecode -n '__errdecode_on "catalog import"' -l id -x -d 'Id of the format, and of its file'
complete -c errdecode -n '__errdecode_on "catalog import" "catalog learn"' -l name -x -d 'What people call the format'
complete -c errdecode -n '__errdecode_on "catalog learn"' -l id -x -d 'Id of the format (default: new-format)'
complete -c errdecode -n '__errdecode_on "catalog gaps"' -l clear -d 'Forget them once they are shown'

# Arguments.
complete -c errdecode -f
complete -c errdecode -n '__errdecode_from 0 "" decode why fix scan "catalog check" "catalog learn"' -F
complete -c errdecode -n '__errdecode_from 0 explain' -a '(__errdecode_ask explain)'
complete -c errdecode -n '__errdecode_from 0 formats' -a '(__errdecode_ask formats)'
complete -c errdecode -n '__errdecode_at 0 completion' -a 'bash zsh fish powershell'
complete -c errdecode -n '__errdecode_at 0 "catalog test"' -a '(__fish_complete_directories)'
complete -c errdecode -n '__errdecode_at 0 "catalog import"' -F
