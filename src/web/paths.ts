/** Addresses that one part of the site knows of another. */
export const paths = {
  /** An invoice of the client: also where it is paid. */
  invoice: (id: string) => `/portal/invoices/${id}`,
  project: (id: string) => `/portal/projects/${id}`,
}
