import { describe, expect, it } from '@jest/globals';
import { regionNotes } from '../../src/config/region-notes.ts';
import { parseSettings } from '../../src/config/settings.ts';

const notesOf = (source: string) =>
  regionNotes(parseSettings('keydrift.yaml', source, '/repo')).map(({ level, message }) => `${level}: ${message}`);

describe('Regions of settings', () => {
  it('are warned of where they are nearly one that is known, with their places', () => {
    expect(notesOf('regions: [eu-west-1, eu-west-9]\nroots: [{ path: a, regions: [ue-north-1] }]')).toEqual([
      'warning: keydrift.yaml:1:22: eu-west-9 is no Region that is known here (did you mean "eu-west-1"?)',
      'warning: keydrift.yaml:2:30: ue-north-1 is no Region that is known here (did you mean "eu-north-1"?)',
    ]);
  });

  it('are not warned of where they are like none that is known', () => {
    expect(notesOf('regions: [us-east-1, nz-middle-1]')).toEqual([]);
  });
});
