#!/usr/bin/env node
import { leave, processHost } from './host.ts';
import { reportBug, run } from './run.ts';

// The AWS SDK tells users of Node.js 20 on stderr to upgrade (its emitWarningIfUnsupportedVersion); stderr is ours.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const args = process.argv.slice(2);
const host = processHost();
process.on('uncaughtException', (error) => process.exit(reportBug(error, args, host)));
const code = await run(args, host);
// Not exitCode: a socket kept alive or a stdin nobody ended must not keep a finished scan running.
process.stderr.write('', () => leave(code, host.signal));
