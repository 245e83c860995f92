import { expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { sceneOf, shown, someone } from './subject.ts';

it('edits what Pterodactyl has too, and moves no credits, not even none', async () => {
  const { panel, double } = await sceneOf();
  const user = someone(double, { creditsMilli: 0n, serverLimit: 0 });
  await requireAbility(panel, 'edit').edit(String(user.id), { username: 'newname' }, change());
  expect(double.pterodactyl.user(Number(user.pterodactylId))).toMatchObject({ username: 'newname', email: user.email });
  expect(double.user(user.id)).toMatchObject({ name: 'newname', creditsMilli: 0n, serverLimit: 0 });
});

it('tells beforehand that an edit, even of a name, makes the panel charge for suspended servers', async () => {
  const { panel, double } = await sceneOf();
  const user = someone(double);
  double.addServer({ userId: user.id, priceMilli: 10_000n, isSuspended: true });
  const groups = [panel.edit, panel.roles, panel.password].map((group) => group?.traits.effects.join(' ') ?? '');
  for (const effects of groups) expect(effects).toContain('charge for servers');
  await requireAbility(panel, 'edit').edit(String(user.id), { username: 'newname' }, change());
  await double.runQueue();
  expect(user.creditsMilli).toBe(0n);
});

it('sends nothing where everything is as it was to become', async () => {
  const { panel, double } = await sceneOf();
  const { id, name, email } = someone(double);
  await requireAbility(panel, 'edit').edit(String(id), { username: name, email: email.toUpperCase() }, change());
  expect(double.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('looks whether an e-mail is taken before Pterodactyl is given it', async () => {
  const { panel, double } = await sceneOf();
  const other = double.addUserWithoutBackend({ name: 'other', email: 'taken@example.com' });
  const user = someone(double);
  const attempt = requireAbility(panel, 'edit').edit(String(user.id), { email: other.email }, change());
  expect(await failureOf(attempt)).toMatchObject({ kind: 'conflict', effect: 'none', detail: 'email' });
  expect(double.pterodactyl.user(Number(user.pterodactylId))?.email).toBe(user.email);
});

it('changes nobody whom Pterodactyl has not, and says so without asking', async () => {
  const { panel, double } = await sceneOf();
  const without = double.addUserWithoutBackend();
  const edit = requireAbility(panel, 'edit');
  const error = await failureOf(edit.edit(String(without.id), { username: 'newname' }, change()));
  expect(error).toMatchObject({
    kind: 'rejected',
    effect: 'none',
    detail: expect.stringContaining('no user in Pterodactyl'),
  });
  expect(double.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('does not take Pterodactyl’s absence for bad input', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  await double.pterodactyl.goDown();
  const error = await failureOf(requireAbility(panel, 'edit').edit(String(id), { username: 'newname' }, change()));
  expect(error).toMatchObject({
    kind: 'malformed',
    effect: 'none',
    detail: expect.stringContaining('reach Pterodactyl'),
  });
});

it('is half done where Pterodactyl took what the panel’s database then refused, without showing its SQL', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  const said = 'SQLSTATE[23000]: Integrity constraint violation: update `users` set `email` = secret@example.com';
  const errors = { pterodactyl_error_message: [said], pterodactyl_error_status: ['23000'] };
  const body = { message: `${said} (and 1 more error)`, errors };
  double.failNext({ method: 'PATCH' }, { kind: 'status', status: 422, body, acts: false });
  const error = await failureOf(requireAbility(panel, 'edit').edit(String(id), { username: 'newname' }, change()));
  expect(error).toMatchObject({ kind: 'malformed', effect: 'partial' });
  expect(`${error.message} ${error.detail}`).not.toMatch(/SQL|secret/);
});

it('reads the real reason out of the text in which the panel hides it', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  const edit = requireAbility(panel, 'edit');
  const hidden = (status: number, detail: string) => {
    const text = `HTTP request returned status code ${status}:\n${JSON.stringify({ errors: [{ code: 'X', status: String(status), detail }] }).slice(0, 120)} (truncated...)\n`;
    return { message: text, errors: { pterodactyl_error_message: [text], pterodactyl_error_status: [0] } };
  };
  const expected = [
    [403, 'This action is unauthorized.', { kind: 'forbidden', effect: 'none' }],
    [404, 'Not found.', { kind: 'rejected', effect: 'none' }],
    [422, 'The email has already been taken.', { kind: 'conflict', effect: 'none', detail: 'email' }],
    [422, 'The username has already been taken.', { kind: 'conflict', effect: 'none', detail: 'username' }],
    [
      422,
      'The password is weak.',
      { kind: 'rejected', effect: 'none', detail: 'Pterodactyl refuses it: The password is weak.' },
    ],
    [429, 'Too many attempts.', { kind: 'rate_limited', effect: 'none' }],
    [500, 'Oops.', { effect: 'unknown' }],
  ] as const;
  for (const [status, detail, outcome] of expected) {
    double.failNext({ method: 'PATCH' }, { kind: 'status', status: 422, body: hidden(status, detail), acts: false });
    const error = await failureOf(edit.edit(String(id), { username: 'newname' }, change()));
    expect(error, `${status} ${detail}`).toMatchObject(outcome);
  }
});

it('gives exactly one role', async () => {
  const { panel, double } = await sceneOf();
  const user = someone(double, { roleIds: [3, 4] });
  const roles = requireAbility(panel, 'roles');
  for (const names of [[], ['User', 'Client']]) {
    expect(await failureOf(roles.set(String(user.id), names, change()))).toMatchObject({
      kind: 'rejected',
      effect: 'none',
    });
  }
  expect(await roles.set(String(user.id), ['Client'], change())).toMatchObject({ roles: ['Client'] });
  expect(user.roleIds).toEqual([3]);
});

it('sets a password with which one can log in', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  await requireAbility(panel, 'password').set(String(id), 'correct horse 9', change());
  expect(double.canLogIn(id, 'correct horse 9')).toBe(true);
});

it('gives nobody the password or the e-mail of who administers Pterodactyl, unless CtrlPanel.gg calls them an administrator', async () => {
  const { panel, double } = await sceneOf();
  const user = someone(double);
  const behind = double.pterodactyl.user(Number(user.pterodactylId));
  if (!behind) throw new Error('the user has one at Pterodactyl');
  behind.rootAdmin = true;
  const id = String(user.id);
  const password = () => requireAbility(panel, 'password').set(id, 'correct horse 9', change());
  const email = () => requireAbility(panel, 'edit').edit(id, { email: 'other@example.com' }, change());
  const refused = { kind: 'rejected', effect: 'none', detail: expect.stringContaining('administers Pterodactyl') };
  for (const attempt of [password, email]) expect(await failureOf(attempt())).toMatchObject(refused);
  expect(double.pterodactyl.user(behind.id)).toMatchObject({ email: user.email });
  await requireAbility(panel, 'edit').edit(id, { username: 'newname' }, change());

  user.roleIds = [1];
  await password();
  await email();
  expect(double.pterodactyl.user(behind.id)).toMatchObject({ email: 'other@example.com' });
  // Its key may be the one with which CtrlPanel.gg works.
  expect(await failureOf(requireAbility(panel, 'deletion').delete(id, change()))).toMatchObject(refused);
  expect(double.pterodactyl.user(behind.id)).toBeDefined();
});

it('sends a message as text, which the panel would take for HTML', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  const message = { title: 'Maintenance\n& more', text: 'Tonight <script>alert("x")</script>\nat ten & later' };
  await requireAbility(panel, 'notifications').notify(String(id), message, change());
  expect(double.notifications(id).at(-1)).toMatchObject({
    title: 'Maintenance & more',
    content: 'Tonight &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<br>at ten &amp; later',
  });
});

it('tells how often a voucher was used, and ends it in the panel’s own time zone', async () => {
  const { panel, double } = await sceneOf({ timeZone: 'America/New_York' }, { timeZone: 'America/New_York' });
  const vouchers = requireAbility(panel, 'vouchers');
  const expiresAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000);
  const credits = { minor: 8_030n, unit: vouchers.traits.unit };
  const asked = { code: 'SUMMER-26', credits, uses: 2, memo: null, expiresAt };
  const made = await vouchers.create(asked, change());
  expect(made).toMatchObject({ ...asked, used: 0 });
  const user = someone(double, { creditsMilli: 0n });
  double.redeem('SUMMER-26', user.id);
  expect(user.creditsMilli).toBe(8_030n);
  expect(await vouchers.find('SUMMER-26', call())).toEqual({ ...made, used: 1 });
});

it('says what it can of why somebody cannot log in while Pterodactyl is silent', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double, { suspended: true });
  await double.pterodactyl.goDown();
  const found = await panel.diagnosis?.diagnose(String(id), call());
  expect(found?.map(({ code }) => code)).toEqual(['suspended', 'unverified']);
});

it('says why somebody cannot log in or finds no servers', async () => {
  const { panel, double } = await sceneOf();
  const diagnose = async (user: { id: number }) =>
    ((await panel.diagnosis?.diagnose(String(user.id), call())) ?? []).map(({ code }) => code);
  const well = someone(double, { emailVerifiedAt: new Date() });
  double.addServer({ userId: well.id });
  expect(await diagnose(well)).toEqual([]);
  const ill = someone(double, { suspended: true, roleIds: [] });
  double.addServer({ userId: ill.id, isSuspended: true });
  expect(await diagnose(ill)).toEqual(['suspended', 'unverified', 'no_role', 'servers_suspended']);
  expect(await diagnose(double.addUserWithoutBackend())).toEqual(['half_created']);
  const orphan = someone(double, { emailVerifiedAt: new Date() });
  orphan.pterodactylId = '987654';
  expect(await diagnose(orphan)).toEqual(['half_created']);
  const unbilled = someone(double, { emailVerifiedAt: new Date() });
  double.addServer({ userId: unbilled.id, isEverBilled: false });
  expect(await diagnose(unbilled)).toEqual([]);
  expect(await shown(panel, unbilled)).toMatchObject({ details: { servers: 1 } });
});
