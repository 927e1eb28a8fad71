/** Where each cloud of Microsoft gives tokens, and for what its managed instances take them. */
export const azureClouds = {
  public: { authorityHost: 'https://login.microsoftonline.com', audience: 'https://database.windows.net' },
  us_government: { authorityHost: 'https://login.microsoftonline.us', audience: 'https://database.usgovcloudapi.net' },
  china: { authorityHost: 'https://login.chinacloudapi.cn', audience: 'https://database.chinacloudapi.cn' },
} as const;
