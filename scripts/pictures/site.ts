/** One template: a complete miniature website and what the catalogue says about it. */
export type Site = {
  readonly slug: string
  readonly plan: 'company' | 'sekolah' | 'berita'
  /** The template's name, the same in both languages. */
  readonly name: string
  readonly describes: { readonly id: string; readonly en: string }
  /** `#RRGGBB`, the dominant colour first. */
  readonly palette: readonly [string, string, string, string]
  readonly css: string
  /** Authored markup of the page; what stands in it is constant, never user input. */
  readonly body: string
}
