import { UserError } from '../../../errors.ts';
import { parseWhere } from '../state/where.ts';
import { type HomeAsk, homeless, pipeIn, type StateHome } from './home.ts';
import { httpHome } from './http-home.ts';
import { localHome } from './local-home.ts';
import { remoteHome } from './remote-home.ts';
import { s3Home } from './s3-home.ts';

/** Where a backend keeps the states of a root. Reads names of directories at most. */
export async function stateHome(ask: HomeAsk): Promise<StateHome> {
  const { backend, root } = ask;
  switch (backend.type) {
    case 'local':
      return checked(await localHome(ask));
    case 's3':
      return checked(s3Home(ask));
    case 'remote':
    case 'cloud':
      return checked(remoteHome(ask));
    case 'http':
      return checked(httpHome(ask));
    default:
      return homeless(`its state is in a ${backend.type} backend, which is not read: ${pipeIn(root)}`);
  }
}

/** What a repository says may be no place at all: that is a gap, not an error of whoever runs keydrift. */
function checked(home: StateHome): StateHome {
  const gaps = [...home.gaps];
  const states = home.states.filter(({ where }) => {
    try {
      parseWhere(where);
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      gaps.push(`what its backend says is no place that can be read: ${error.message.replace(/^--state /, '')}`);
      return false;
    }
  });
  return { ...home, states, gaps: [...new Set(gaps)] };
}
