/**
 * Whether Windows keeps a name for a device (`CON`, `nul.txt`, `COM¹.log`): opening it there opens the device, in any folder
 * and with any ending.
 */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])[ .]*(?:\.|$)/i.test(name);
}
