# Completions of errdecode for PowerShell. Made by `errdecode completion powershell`; do not edit.
#
# To use them: errdecode completion powershell | Out-String | Invoke-Expression, in $PROFILE, say.

Register-ArgumentCompleter -Native -CommandName 'errdecode' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    Set-StrictMode -Off

    # A command's subcommands (name, help), options (flag, kind of value, help) and kinds of arguments ("...": many).
    $table = @{
        '' = @{
            Commands = @(
                , @('decode', 'Say what an API error response means, where in the request the fault lies, and what to do')
                , @('why', 'Show why a format was recognised, and the runner-up')
                , @('fix', 'Print what you sent, corrected where the response leaves no doubt; it sends nothing')
                , @('scan', 'Find, decode and group every error in logs, HAR files, archives and folders of them')
                , @('explain', 'Say what a code or a status means, without a response')
                , @('formats', 'List the documented formats, or show one')
                , @('completion', 'Print the completion script of a shell')
                , @('catalog', 'Make, check and test catalog files')
            )
            Options = @(
                , @('-V', '', 'Print the version')
                , @('--version', '', 'Print the version')
                , @('--json-schema', '', 'Print the schema of --json')
                , @('--request', 'files', 'The payload you sent, to see the fault in place')
                , @('--status', 'nothing', 'The response''s HTTP status')
                , @('--method', 'nothing', 'The request''s method')
                , @('--url', 'nothing', 'The request''s URL')
                , @('--operation', 'nothing', 'The API method called, such as createSubCampaign')
                , @('--timeout', '', 'There was no answer at all; reads no input')
                , @('--format', 'ids', 'Decode as this format, one of `errdecode formats`')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--read-files', '', 'Read the files that `-d @FILE` names, beside the input')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-o', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--output', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--json', '', 'Answer in JSON')
                , @('-v', '', 'Add the proof of detection; -vv the exchange')
                , @('--verbose', '', 'Add the proof of detection; -vv the exchange')
                , @('-q', '', 'Leave out notes and hints')
                , @('--quiet', '', 'Leave out notes and hints')
                , @('--color', 'choices auto always never', 'Use colour: auto, always or never')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('--ascii', '', 'Draw frames with ASCII characters only')
                , @('--links', 'choices auto always never', 'Make documentation links clickable: auto, always or never')
                , @('--show-secrets', '', 'Do not mask secrets')
                , @('--exit-code', 'choices outcome verdict', 'What the exit code tells: outcome or verdict')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'decode' = @{
            Commands = @(
            )
            Options = @(
                , @('-V', '', 'Print the version')
                , @('--version', '', 'Print the version')
                , @('--json-schema', '', 'Print the schema of --json')
                , @('--request', 'files', 'The payload you sent, to see the fault in place')
                , @('--status', 'nothing', 'The response''s HTTP status')
                , @('--method', 'nothing', 'The request''s method')
                , @('--url', 'nothing', 'The request''s URL')
                , @('--operation', 'nothing', 'The API method called, such as createSubCampaign')
                , @('--timeout', '', 'There was no answer at all; reads no input')
                , @('--format', 'ids', 'Decode as this format, one of `errdecode formats`')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--read-files', '', 'Read the files that `-d @FILE` names, beside the input')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-o', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--output', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--json', '', 'Answer in JSON')
                , @('-v', '', 'Add the proof of detection; -vv the exchange')
                , @('--verbose', '', 'Add the proof of detection; -vv the exchange')
                , @('-q', '', 'Leave out notes and hints')
                , @('--quiet', '', 'Leave out notes and hints')
                , @('--color', 'choices auto always never', 'Use colour: auto, always or never')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('--ascii', '', 'Draw frames with ASCII characters only')
                , @('--links', 'choices auto always never', 'Make documentation links clickable: auto, always or never')
                , @('--show-secrets', '', 'Do not mask secrets')
                , @('--exit-code', 'choices outcome verdict', 'What the exit code tells: outcome or verdict')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'why' = @{
            Commands = @(
            )
            Options = @(
                , @('--request', 'files', 'The payload you sent, to see the fault in place')
                , @('--status', 'nothing', 'The response''s HTTP status')
                , @('--method', 'nothing', 'The request''s method')
                , @('--url', 'nothing', 'The request''s URL')
                , @('--operation', 'nothing', 'The API method called, such as createSubCampaign')
                , @('--timeout', '', 'There was no answer at all; reads no input')
                , @('--format', 'ids', 'Decode as this format, one of `errdecode formats`')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--read-files', '', 'Read the files that `-d @FILE` names, beside the input')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-o', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--output', 'choices terminal short json markdown html', 'The form of the answer: terminal, short, json, markdown or html')
                , @('--json', '', 'Answer in JSON')
                , @('-v', '', 'Add the proof of detection; -vv the exchange')
                , @('--verbose', '', 'Add the proof of detection; -vv the exchange')
                , @('-q', '', 'Leave out notes and hints')
                , @('--quiet', '', 'Leave out notes and hints')
                , @('--color', 'choices auto always never', 'Use colour: auto, always or never')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('--ascii', '', 'Draw frames with ASCII characters only')
                , @('--links', 'choices auto always never', 'Make documentation links clickable: auto, always or never')
                , @('--show-secrets', '', 'Do not mask secrets')
                , @('--exit-code', 'choices outcome verdict', 'What the exit code tells: outcome or verdict')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'fix' = @{
            Commands = @(
            )
            Options = @(
                , @('--patch', '', 'Print the JSON Patch (RFC 6902) alone')
                , @('--all', '', 'Make likely corrections and placeholders, too')
                , @('--request', 'files', 'The payload you sent, to see the fault in place')
                , @('--status', 'nothing', 'The response''s HTTP status')
                , @('--method', 'nothing', 'The request''s method')
                , @('--url', 'nothing', 'The request''s URL')
                , @('--operation', 'nothing', 'The API method called, such as createSubCampaign')
                , @('--format', 'ids', 'Decode as this format, one of `errdecode formats`')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--read-files', '', 'Read the files that `-d @FILE` names, beside the input')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-q', '', 'Leave out notes and hints')
                , @('--quiet', '', 'Leave out notes and hints')
                , @('--color', 'choices auto always never', 'Use colour: auto, always or never')
                , @('--show-secrets', '', 'Do not mask secrets')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'scan' = @{
            Commands = @(
            )
            Options = @(
                , @('--json-schema', '', 'Print the schema of --json')
                , @('--open', 'nothing', 'Show the group of this number in full, with its request where the log has it')
                , @('--why', 'nothing', 'Show why the errors of this group were taken for one')
                , @('--save', 'files', 'Save what was found to compare with')
                , @('--compare', 'files', 'Say what is new, gone, grown or shrunk since a saved scan. Grown: at least twice as many as its rate per hour leads to expect, and 10 more; shrunk: at most half, and 10 fewer')
                , @('--fail-on', 'choices any unknown new', 'Exit with 1 on any error, on one of no documented format, on one the baseline lacks: any, unknown or new')
                , @('-f', '', 'Go on with what is added to files and folders, until Ctrl-C')
                , @('--follow', '', 'Go on with what is added to files and folders, until Ctrl-C')
                , @('-j', 'nothing', 'Use this many processes (default: one per processor)')
                , @('--jobs', 'nothing', 'Use this many processes (default: one per processor)')
                , @('--engine', 'choices hyperscan stdlib rg', 'What looks for lines, the fastest first: hyperscan, stdlib, rg (default: the first one there is)')
                , @('--scheduler', 'nothing', 'Scan on dask workers: the address of a scheduler, or `local`')
                , @('-o', 'choices terminal json jsonl markdown html', 'The form of the answer: terminal, json, jsonl, markdown, html')
                , @('--output', 'choices terminal json jsonl markdown html', 'The form of the answer: terminal, json, jsonl, markdown, html')
                , @('-v', '', 'List all groups, skipped files and unreadable places; with --open as in decode')
                , @('--verbose', '', 'List all groups, skipped files and unreadable places; with --open as in decode')
                , @('--jsonl', '', 'Print every error as a line of JSON while it is found; places are those in the unpacked file')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--json', '', 'Answer in JSON')
                , @('-q', '', 'Leave out notes and hints')
                , @('--quiet', '', 'Leave out notes and hints')
                , @('--color', 'choices auto always never', 'Use colour: auto, always or never')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('--ascii', '', 'Draw frames with ASCII characters only')
                , @('--links', 'choices auto always never', 'Make documentation links clickable: auto, always or never')
                , @('--show-secrets', '', 'Do not mask secrets')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'explain' = @{
            Commands = @(
            )
            Options = @(
                , @('--operation', 'nothing', 'The API method called, such as createSubCampaign')
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--json', '', 'Answer in JSON')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('explain...')
        }
        'formats' = @{
            Commands = @(
            )
            Options = @(
                , @('--catalog', 'folders', 'A folder of catalog files to lay over the built-in ones')
                , @('--json', '', 'Answer in JSON')
                , @('--width', 'nothing', 'Wrap prose at this many columns')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('formats...')
        }
        'completion' = @{
            Commands = @(
            )
            Options = @(
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('choices bash zsh fish powershell')
        }
        'catalog' = @{
            Commands = @(
                , @('check', 'Report all faults of catalog files, each with its file and line')
                , @('new', 'Print a commented skeleton of a catalog file')
                , @('test', 'Run every example against every format; print the confusion matrix')
                , @('import', 'Draft a catalog file from an OpenAPI 3 document, or from a table of codes in CSV or JSON')
                , @('learn', 'Draft a catalog file from error responses that no format covers yet')
                , @('gaps', 'List the codes that could not be explained so far, the most frequent first')
            )
            Options = @(
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @()
        }
        'catalog check' = @{
            Commands = @(
            )
            Options = @(
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'catalog new' = @{
            Commands = @(
            )
            Options = @(
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('nothing')
        }
        'catalog test' = @{
            Commands = @(
            )
            Options = @(
                , @('--only', 'ids', 'Test this format only')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('folders')
        }
        'catalog import' = @{
            Commands = @(
            )
            Options = @(
                , @('--id', 'nothing', 'Id of the format, and of its file')
                , @('--name', 'nothing', 'What people call the format')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files')
        }
        'catalog learn' = @{
            Commands = @(
            )
            Options = @(
                , @('--id', 'nothing', 'Id of the format (default: new-format)')
                , @('--name', 'nothing', 'What people call the format')
                , @('--max-bytes', 'nothing', 'The largest input that is read (default: 64 MiB)')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @('files...')
        }
        'catalog gaps' = @{
            Commands = @(
            )
            Options = @(
                , @('--clear', '', 'Forget them once they are shown')
                , @('--json', '', 'Answer in JSON')
                , @('-h', '', 'Show this message and exit')
                , @('--help', '', 'Show this message and exit')
            )
            Arguments = @()
        }
    }
    $state = @{ Command = ''; Folder = ''; Pending = ''; Ended = $false; Seen = @() }

    function Get-Kind([string] $flag) {
        foreach ($option in $table[$state.Command].Options) {
            if ($option[0] -ceq $flag) { return $option[1] }
        }
        return ''
    }

    # Offers the words that begin as the current one does; each is an array of the word and its help.
    function New-Offer($words, [string] $stem, [string] $begun) {
        foreach ($pair in $words) {
            $word = [string] $pair[0]
            if (-not $word.StartsWith($begun, [StringComparison]::OrdinalIgnoreCase)) { continue }
            $text = $stem + $word
            if ($text -notmatch '^[\w./:=+-]+$') { $text = "'" + $text.Replace("'", "''") + "'" }
            $help = if ($pair[1]) { [string] $pair[1] } else { $word }
            [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $help)
        }
    }

    # Asks the program, which knows the user's own catalogs.
    function Get-Asked([string] $kind, [string] $begun) {
        if ($kind -eq 'explain' -and -not $begun -and $state.Seen.Count -eq 0) { $kind = 'ids' }
        $program = Get-Command -Name 'errdecode' -CommandType Application -TotalCount 1 -ErrorAction Ignore
        if (-not $program) { return }
        $call = @('completion', '--words', $kind)
        if ($state.Folder) { $call += '--catalog', $state.Folder }
        if ($kind -ne 'ids') { $call += $state.Seen }
        foreach ($line in @($null | & $program $call 2>$null)) {
            , ([string] $line).Split([char] 9, 2)
        }
    }

    function Get-Files([string] $stem, [string] $begun, [bool] $folders) {
        foreach ($file in [System.Management.Automation.CompletionCompleters]::CompleteFilename($begun)) {
            if ($folders -and $file.ResultType -ne 'ProviderContainer') { continue }
            [System.Management.Automation.CompletionResult]::new(
                $stem + $file.CompletionText, $file.ListItemText, $file.ResultType, $file.ToolTip)
        }
    }

    function Get-Value([string] $kind, [string] $stem, [string] $begun) {
        $name, $choices = $kind.Split(' ')
        switch ($name) {
            'files' { Get-Files $stem $begun $false }
            'folders' { Get-Files $stem $begun $true }
            'choices' { New-Offer @(foreach ($choice in $choices) { , @($choice, '') }) $stem $begun }
            'nothing' { }
            default { New-Offer @(Get-Asked $name $begun) $stem $begun }
        }
    }

    # The command: the first word that is neither an option nor an option's value, if it names one.
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $word = $element.Value
        }
        if ($state.Pending) {
            if ($state.Pending -ceq '--catalog') { $state.Folder = $word }
            $state.Pending = ''
        } elseif ($state.Ended) {
            $state.Seen += $word
        } elseif ($word -ceq '--') {
            $state.Ended = $true
        } elseif ($word.StartsWith('--catalog=')) {
            $state.Folder = $word.Substring(10)
        } elseif ($word.Length -gt 1 -and $word.StartsWith('-')) {
            if (Get-Kind $word) { $state.Pending = $word }
        } else {
            $names = @(foreach ($pair in $table[$state.Command].Commands) { $pair[0] })
            if ($state.Seen.Count -eq 0 -and $names -ccontains $word) {
                $state.Command = ($state.Command + ' ' + $word).Trim()
            } else {
                $state.Seen += $word
            }
        }
    }

    $current = ([string] $wordToComplete).Trim("'", '"')
    $takes = $table[$state.Command]
    if ($state.Pending) {
        Get-Value (Get-Kind $state.Pending) '' $current
    } elseif (-not $state.Ended -and $current.StartsWith('--') -and $current.Contains('=')) {
        $flag, $begun = $current.Split([char] '=', 2)
        $kind = Get-Kind $flag
        if ($kind) { Get-Value $kind ($flag + '=') $begun }
    } elseif (-not $state.Ended -and $current.StartsWith('-')) {
        New-Offer @(foreach ($option in $takes.Options) { , @($option[0], $option[2]) }) '' $current
    } else {
        if ($takes.Commands.Count -gt 0 -and $state.Seen.Count -eq 0 -and -not $state.Ended) {
            New-Offer $takes.Commands '' $current
        }
        $kinds = @($takes.Arguments)
        if ($kinds.Count -gt 0) {
            $at = [Math]::Min($state.Seen.Count, $kinds.Count - 1)
            if ($state.Seen.Count -lt $kinds.Count -or $kinds[$at].EndsWith('...')) {
                Get-Value ($kinds[$at] -replace '\.\.\.$', '') '' $current
            }
        }
    }
}
