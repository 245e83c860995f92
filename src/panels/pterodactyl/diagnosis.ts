import type { DiagnosisAbility, Finding } from '../panel.ts';
import type { PterodactylClient } from './client.ts';
import { isSuspended } from './map.ts';
import { requireUser } from './write.ts';

export function createDiagnosis(client: PterodactylClient): DiagnosisAbility {
  return {
    async diagnose(accountId, call) {
      const { twoFactor, servers } = await requireUser(client, accountId, call);
      const findings: Finding[] = [];
      if (twoFactor) findings.push({ code: 'two_factor', detail: null });
      if (servers?.length === 0) findings.push({ code: 'no_servers', detail: null });
      const suspended = servers?.filter(isSuspended).length ?? 0;
      if (suspended > 0)
        findings.push({
          code: 'servers_suspended',
          detail: `Suspended servers: ${suspended} of ${servers?.length}.`,
        });
      return findings;
    },
  };
}
