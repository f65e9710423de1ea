import { plainText } from '../plain-text.ts';

/** What a step's log tells GitHub's runner to show beside a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  /** Lines; where there is a title the first of them stands below it. */
  readonly lines: readonly string[];
  readonly path: string;
  readonly line: number;
}

/** As a workflow command (GitHub Docs, "Workflow commands for GitHub Actions"). Texts of others cannot leave it. */
export const annotationCommand = ({ level, title, lines, path, line }: Annotation): string =>
  `::${level} file=${property(path)},line=${line},title=${property(title)}::${lines.map(data).join('%0A')}`;

/** An error that is about no file. */
export const errorCommand = (title: string, text: string): string => `::error title=${property(title)}::${data(text)}`;

/** The start of a fold in the log. */
export const groupCommand = (title: string): string => `::group::${data(title)}`;

export const END_OF_GROUP = '::endgroup::';

/** What the runner turns back (actions/toolkit, command.ts: escapeData, escapeProperty). */
const data = (text: string): string => plainText(text).replaceAll('%', '%25');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
