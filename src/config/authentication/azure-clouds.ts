/** Where each cloud of Microsoft gives tokens, for what its managed instances take them, and where its resources are managed. */
export const azureClouds = {
  public: {
    authorityHost: 'https://login.microsoftonline.com',
    audience: 'https://database.windows.net',
    resourceManager: 'https://management.azure.com',
  },
  us_government: {
    authorityHost: 'https://login.microsoftonline.us',
    audience: 'https://database.usgovcloudapi.net',
    resourceManager: 'https://management.usgovcloudapi.net',
  },
  china: {
    authorityHost: 'https://login.chinacloudapi.cn',
    audience: 'https://database.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
  },
} as const;
