/** Whether somebody typed this name: upper and lower case, and how many spaces, do not matter. */
export function isSameName(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('id')
  return plain(typed) !== '' && plain(typed) === plain(name)
}
