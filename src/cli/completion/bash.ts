import { type CommandWords, everyCommand, placeOf, type Value } from './tree.ts';

/**
 * Completion for bash, 3.2 (of macOS) and later. Bash cuts words at `=` (Bash manual, COMP_WORDBREAKS): a flag, the sign
 * and its value are three words there.
 */
export const bashCompletion = (
  top: CommandWords,
): string => `# Completion of keydrift for bash: eval "$(keydrift completion bash)"
_keydrift() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' cut='' i
  COMPREPLY=()
  if [ "$cur" = '=' ]; then cur='' cut=1
  elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]} cut=1
  fi
  case $prev in
    -*) ;;
    *) if [ -n "$cut" ]; then _keydrift_paths -f; return; fi ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${lines(top, ({ path }) => (path.length === 0 ? [] : [`      '${placeOf(path)}') at='${placeOf(path)}' ;;`]))}
    esac
  done
  case "$at $prev" in
${lines(top, valueCases)}
  esac
  case "$at" in
${lines(top, ({ path, ...words }) => [`    '${placeOf(path)}') ${offers(words)} ;;`])}
  esac
}
_keydrift_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}
_keydrift_paths() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2>/dev/null || :
}
complete -F _keydrift keydrift
`;

const lines = (top: CommandWords, of: (command: CommandWords) => readonly string[]): string =>
  everyCommand(top).flatMap(of).join('\n');

const valueCases = ({ path, flags }: CommandWords): readonly string[] =>
  flags.flatMap(({ names, value }) => {
    if (value === undefined) return [];
    const places = names.map((name) => `'${placeOf(path)} ${name}'`).join('|');
    return [`    ${places}) ${offer(value)}; return ;;`];
  });

/** Flags once a dash is there, or where nothing else may stand. */
function offers({ flags, commands, argument }: Omit<CommandWords, 'path'>): string {
  const names = words(flags.flatMap((flag) => flag.names));
  if (commands.length === 0 && argument === undefined) return names;
  const other = argument === undefined ? words(commands.map(({ name }) => name)) : offer(argument);
  return `case $cur in -*) ${names} ;; *) ${other} ;; esac`;
}

const offer = (value: Value): string => {
  switch (value.kind) {
    case 'words':
    case 'format':
      return words(value.words);
    case 'file':
      return '_keydrift_paths -f';
    case 'directory':
      return '_keydrift_paths -d';
    case 'other':
      return ':';
  }
};

const words = (all: readonly string[]): string => `_keydrift_words '${all.join(' ')}'`;
