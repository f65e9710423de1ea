import { type CommandWords, everyCommand, type Flag, placeOf, type Value } from './tree.ts';

/** Completion for fish (fish documentation, `complete`): sourced, or as completions/keydrift.fish. */
export const fishCompletion = (
  top: CommandWords,
): string => `# Completion of keydrift for fish: keydrift completion fish | source
function __keydrift_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
${everyCommand(top).slice(1).map(transition).join('\n')}
        end
    end
    test "$at" = "$argv[1]"
end
function __keydrift_output
    set -l format (string split -m1 -- = (commandline -ct | string replace -r -- '^(--output=|-o)' ''))
    if set -q format[2]
        for path in (complete -C "keydrift-path $format[2]")
            echo "$format[1]=$path"
        end
    else
        string join \\n -- $argv
    end
end
complete -c keydrift -f
${everyCommand(top).flatMap(offers).join('\n')}
`;

const transition = ({ path }: CommandWords): string => `            case '${placeOf(path)}'
                set at '${placeOf(path)}'`;

function offers({ path, flags, commands, argument }: CommandWords): readonly string[] {
  const here = `complete -c keydrift -n "__keydrift_at '${placeOf(path)}'"`;
  return [
    ...commands.map(({ name, says }) => `${here} -a ${name} -d '${says}'`),
    ...(argument === undefined ? [] : [`${here} ${action(argument)}`.trimEnd()]),
    ...flags.map((flag) => `${here} ${flagWords(flag)}`),
  ];
}

const flagWords = ({ names, says, value }: Flag): string =>
  [
    ...names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)),
    ...(value === undefined ? [] : ['-r', action(value)]),
    `-d '${says}'`,
  ]
    .filter((word) => word !== '')
    .join(' ');

function action(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `-x -a '${value.words.join(' ')}'`;
    case 'format':
      return `-x -a "(__keydrift_output ${value.words.join(' ')})"`;
    case 'file':
      return '-F';
    case 'directory':
      return "-x -a '(__fish_complete_directories)'";
    case 'other':
      return '-x';
  }
}
