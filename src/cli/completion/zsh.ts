import { type CommandWords, everyCommand, type Flag, placeOf, type Value } from './tree.ts';

/** Completion for zsh (zshcompsys(1)): sourced, or as a file `_keydrift` on its fpath. */
export const zshCompletion = (top: CommandWords): string => `#compdef keydrift
# Completion of keydrift for zsh: source <(keydrift completion zsh), after compinit
_keydrift() {
  local at='' depth=0 i
  for ((i = 2; i < CURRENT; i++)); do
    case "$at $words[i]" in
${everyCommand(top).slice(1).map(transition).join('\n')}
    esac
  done
  # What follows a command is completed as if that stood first.
  shift depth words
  ((CURRENT -= depth))
  case "$at" in
${everyCommand(top).map(offers).join('\n')}
  esac
}
_keydrift_output() {
  if compset -P '*='; then _files; else compadd -S '' -- "$@"; fi
}
if [ "$funcstack[1]" = _keydrift ]; then _keydrift "$@"; else compdef _keydrift keydrift; fi
`;

/** The last word that leads to a command is where its own words begin. */
const transition = ({ path }: CommandWords): string =>
  `      '${placeOf(path)}') at='${placeOf(path)}' depth=$((i - 1)) ;;`;

function offers({ path, flags, commands, argument }: CommandWords): string {
  const described = commands.map(({ name, says }) => `${name}\\:"${says}"`).join(' ');
  const specs = [
    ...flags.flatMap(flagSpecs),
    ...(commands.length > 0 ? [`'1: :((${described}))'`] : []),
    ...(argument === undefined ? [] : [`'*: :${action(argument)}'`]),
  ];
  return `    '${placeOf(path)}') _arguments \\\n${specs.map((spec) => `      ${spec}`).join(' \\\n')} ;;`;
}

/** With a `*` before it a flag is offered again after it was given; `=` and `+` say where its value may stand. */
const flagSpecs = ({ names, says, value }: Flag): readonly string[] =>
  names.map((name) => {
    if (value === undefined) return `'${name}[${says}]'`;
    return `'*${name}${name.startsWith('--') ? '=' : '+'}[${says}]: :${action(value)}'`;
  });

function action(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'format':
      return `_keydrift_output ${value.words.join(' ')}`;
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'other':
      return ' ';
  }
}
