/** As much of a voucher's code as may be read by others: enough to tell it from the next, too little to use it. */
export function maskCode(code: string): string {
  return code.length < 8 ? `${code.slice(0, 1)}••••` : `${code.slice(0, 2)}••••${code.slice(-2)}`;
}
