import { describe, expect, it } from '@jest/globals';
import { outputFileLines, pathsOf } from '../../../src/cli/action/step-outputs.ts';
import fc from '../../support/fast-check.ts';

/** What the runner makes of the file (actions/runner, `FileCommandManager`: SetOutputFileCommand). */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n');
  const outputs: Record<string, string> = {};
  while (lines.length > 1) {
    const [, name = '', end] = /^([^=<]+)<<(.+)$/.exec(lines.shift() ?? '') ?? [];
    const value = lines.splice(0, lines.indexOf(`${end}`));
    expect(lines.shift()).toBe(end);
    outputs[name] = value.join('\n');
  }
  return outputs;
}

describe('outputs of the action', () => {
  it('are read as they were set, whatever is in a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(readOutputs(outputFileLines({ json: value, total: '3' }).join(''))).toEqual({ json: value, total: '3' });
      }),
    );
  });

  it('are not ended by a value that sets another', () => {
    const value = 'r.json\nend-1\nexit-code<<end-2\n0\nend-2';
    expect(readOutputs(outputFileLines({ json: value }).join(''))).toEqual({ json: value });
    expect(() => outputFileLines({ json: value }, () => '1')).toThrow('a delimiter');
  });

  it('have an end of its own for each value', () => {
    const lines = outputFileLines({ low: '1', high: '2' });
    expect(new Set(lines.map((line) => /<<(.+)/.exec(line)?.[1])).size).toBe(2);
  });

  it('name the files that were written, absolute', () => {
    expect(pathsOf(['github', 'sarif=k.sarif', 'html=/r/k.html', 'table=-'], '/w')).toEqual({
      sarif: '/w/k.sarif',
      html: '/r/k.html',
    });
  });
});
