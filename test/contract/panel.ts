/** The suite that every panel must pass. */
import { describe } from 'vitest';
import { coreContract } from './panel/core.ts';
import { createContract } from './panel/create.ts';
import { creditsContract } from './panel/credits.ts';
import { discordLinksContract } from './panel/discord-links.ts';
import { editContract } from './panel/edit.ts';
import { everyChangeContract } from './panel/every-change.ts';
import { tellWhatIsLeftOut } from './panel/it-where.ts';
import { passwordContract } from './panel/password.ts';
import { receiptsContract } from './panel/receipts.ts';
import { serverLimitContract } from './panel/server-limit.ts';
import { serversContract } from './panel/servers.ts';
import { statusContract } from './panel/status.ts';
import type { PanelUnderTest } from './panel/subject.ts';
import { vouchersContract } from './panel/vouchers.ts';

export type { PanelUnderTest } from './panel/subject.ts';

/** Declares the suite for one panel. Abilities that it has not are not asked of it. */
export function panelContract(name: string, subject: PanelUnderTest): void {
  describe(`${name} keeps the contract of panels`, () => {
    coreContract(subject);
    createContract(subject);
    editContract(subject);
    creditsContract(subject);
    statusContract(subject);
    passwordContract(subject);
    serverLimitContract(subject);
    vouchersContract(subject);
    serversContract(subject);
    discordLinksContract(subject);
    receiptsContract(subject);
    everyChangeContract(subject);
    tellWhatIsLeftOut(name);
  });
}
