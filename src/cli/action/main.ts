import { processHost } from '../host.ts';
import { reportBug } from '../run.ts';
import { runStep } from './step.ts';

// As in ../main.ts: what the AWS SDK has to say of Node.js is not for the log of a workflow.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const host = processHost();
process.on('uncaughtException', (error) => process.exit(reportBug(error, [], host)));
const code = await runStep(host, (directory) => process.chdir(directory));
process.stderr.write('', () => process.exit(code));
