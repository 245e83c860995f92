import type { Account } from '../../domain/account.ts';
import {
  type Ability,
  type Call,
  type Change,
  type DeletionAbility,
  type DiscordLinksAbility,
  type Panel,
  PanelError,
  type ReceiptAbility,
} from '../../panels/panel.ts';
import type { Sql } from '../../store/connect.ts';
import { afterwards, ask } from './ask.ts';
import { houseCredits } from './credits.ts';
import { keptOver, type Laid } from './kept.ts';
import { houseSuspension } from './suspension.ts';

export interface Lending {
  readonly sql: Sql;
  /** Whether credits are lent, where the panel borrows them. */
  readonly credits: boolean;
}

/** The calls that give accounts back, by ability. */
const GIVING = {
  create: ['create'],
  edit: ['edit'],
  suspension: ['suspend', 'unsuspend'],
  restoration: ['restore'],
  roles: ['set'],
  verification: ['verify'],
  password: ['set'],
} as const satisfies Partial<Record<Ability, readonly string[]>>;

/** Answers for a part of a panel, each time that it is asked for. */
type Parts = { readonly [Name in keyof Panel]?: () => Panel[Name] };

/** The same panel, with what it borrows; the panel itself where it borrows nothing. What it can do is asked of it anew each time. */
export function lend(panel: Panel, { sql, credits }: Lending): Panel {
  const laid = { credits: credits && panel.borrows?.credits === true, suspension: panel.borrows?.suspension === true };
  if (!laid.credits && !laid.suspension) return panel;
  const over = keptOver(sql, panel.id, laid);
  const core = coreOver(panel, over);
  const inUse = (accountId: string, call: Call) => accountInUse(core.get, accountId, call);
  const suspension = houseSuspension(sql, panel, { inUse });
  const kept = houseCredits(sql, panel, inUse);
  const groups = groupsOver(panel, over);
  const forgetting = perGroup((deletion: DeletionAbility) => forgettingDeletion(deletion, sql, panel.id));
  const bothReceipts = perGroup((receipts: ReceiptAbility) => receiptsOfBoth(kept.receipts, receipts));

  const parts: Parts = {
    ...groups,
    get: () => core.get,
    find: () => core.find,
    list: () => core.list,
    missing: () => withoutLent(panel.missing, laid),
    deletion: () => panel.deletion && forgetting(panel.deletion),
    ...(laid.suspension ? { suspension: () => (panel.servers?.suspension ? suspension : undefined) } : {}),
    ...(laid.credits
      ? {
          credits: () => kept.credits,
          receipts: () => (panel.receipts ? bothReceipts(panel.receipts) : kept.receipts),
        }
      : {}),
  };
  return new Proxy(panel, {
    get(target, name) {
      const part = Object.hasOwn(parts, name) ? parts[name as keyof Panel] : undefined;
      return part ? part() : Reflect.get(target, name);
    },
  });
}

type Over = ReturnType<typeof keptOver>;

function coreOver(panel: Panel, over: Over): Pick<Panel, 'get' | 'find' | 'list'> {
  return {
    async get(accountId, call) {
      const account = await panel.get(accountId, call);
      const [laidOver] = account ? await over([account], call) : [];
      return laidOver ?? null;
    },
    find: async (query, call) => over(await panel.find(query, call), call),
    async list(page, call) {
      const read = await panel.list(page, call);
      return { ...read, accounts: await over(read.accounts, call) };
    },
  };
}

/** @throws PanelError where there is no such account, or it is deleted */
async function accountInUse(get: Panel['get'], accountId: string, call: Call): Promise<Account> {
  const account = await get(accountId, call);
  if (!account) throw new PanelError('not_found', 'none', `there is no account ${JSON.stringify(accountId)}`);
  if (account.status !== 'deleted') return account;
  throw new PanelError('rejected', 'none', 'the account is deleted', { detail: 'The account is deleted.' });
}

/** The panel's own groups, with what is kept laid over the accounts that they give back. */
function groupsOver(panel: Panel, over: Over): Parts {
  const overGroup = (names: readonly string[]) =>
    perGroup((group: object) => {
      const calls = names.map((name) => {
        const act = Reflect.get(group, name) as (...given: unknown[]) => Promise<Account>;
        return [name, async (...given: unknown[]) => firstOver(await act.apply(group, given), given)] as const;
      });
      return Object.assign(Object.create(group) as object, Object.fromEntries(calls));
    });
  async function firstOver(account: Account, given: readonly unknown[]): Promise<Account> {
    const [laidOver] = await afterwards(() => over([account], given.at(-1) as Call));
    return laidOver ?? account;
  }
  const linksOver = perGroup((links: DiscordLinksAbility): DiscordLinksAbility => {
    const { find, keeping } = links;
    const overKeeping = overGroup(['keep']);
    return Object.assign(Object.create(links) as DiscordLinksAbility, {
      ...(find ? { find: async (userId: string, call: Call) => over(await find.call(links, userId, call), call) } : {}),
      ...(keeping ? { keeping: overKeeping(keeping) } : {}),
    });
  });
  const giving = Object.entries(GIVING).map(([name, names]) => {
    const wrap = overGroup(names);
    const group = () => panel[name as keyof typeof GIVING];
    return [
      name,
      () => {
        const own = group();
        return own && wrap(own);
      },
    ];
  });
  return { ...Object.fromEntries(giving), discordLinks: () => panel.discordLinks && linksOver(panel.discordLinks) };
}

/** Made once for each group that a panel has, for as long as it has it. */
function perGroup<Group extends object, Made>(make: (group: Group) => Made): (group: Group) => Made {
  const made = new WeakMap<Group, Made>();
  return (group) => {
    const known = made.get(group);
    if (known !== undefined) return known;
    const fresh = make(group);
    made.set(group, fresh);
    return fresh;
  };
}

/** What was kept for an account goes with it, where it cannot come back. */
function forgettingDeletion(deletion: DeletionAbility, sql: Sql, panel: string): DeletionAbility {
  return Object.assign(Object.create(deletion) as DeletionAbility, {
    async delete(accountId: string, change: Change) {
      await deletion.delete(accountId, change);
      if (deletion.traits.soft) return;
      const forget = () => sql`
        with balance as (delete from house_balances where panel = ${panel} and account_id = ${accountId})
        delete from house_suspensions where panel = ${panel} and account_id = ${accountId}`;
      await afterwards(() => ask(change, 'unknown', forget));
    },
  });
}

/** A reference has acted in one of them, if at all. What cannot be ruled out at the panel is ruled out nowhere. */
function receiptsOfBoth(house: Required<ReceiptAbility>, panel: ReceiptAbility): ReceiptAbility {
  const { annul } = panel;
  return {
    receipt: async (reference, call) =>
      (await house.receipt(reference, call)) ?? (await panel.receipt(reference, call)),
    ...(annul
      ? {
          annul: async (reference: string, call: Call) =>
            (await house.annul(reference, call)) ?? (await annul.call(panel, reference, call)),
        }
      : {}),
  };
}

function withoutLent(missing: Panel['missing'], laid: Laid): Panel['missing'] {
  const lent: readonly string[] = [...(laid.credits ? ['credits'] : []), ...(laid.suspension ? ['suspension'] : [])];
  return Object.fromEntries(Object.entries(missing).filter(([ability]) => !lent.includes(ability)));
}
