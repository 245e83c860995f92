/** What Discord's own client would not have sent; the message is what a person reads there. */
export class InputRefused extends Error {}
