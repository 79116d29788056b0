import { auditCommands } from './audit.commands.ts';
import type { Command } from './command.ts';
import { installationCommands } from './installation.commands.ts';
import { serveCommands } from './serve.commands.ts';

/** Every command of every slice, in the order of the help. */
export const commands: readonly Command[] = [...serveCommands, ...installationCommands, ...auditCommands];
