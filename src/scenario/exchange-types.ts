// Made by `npm run generate` from the tables of the catalog: alter those.

/** Members of which the field catalog says nothing. */
export interface Content {
  readonly [name: string]: unknown;
}

/** Query, body and body of the answer of each operation. Members may be missing, and others may be there. */
export interface Exchanges {
  readonly 'dep.session': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: DepSession;
  };
  readonly 'dep.account': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: DepAccount;
  };
  readonly 'dep.devices.fetch': {
    readonly query: Content;
    readonly body: DepPageRequest;
    readonly answer: DepPage;
  };
  readonly 'dep.devices.sync': {
    readonly query: Content;
    readonly body: DepPageRequest;
    readonly answer: DepPage;
  };
  readonly 'dep.devices.details': {
    readonly query: Content;
    readonly body: DepDeviceList;
    readonly answer: { readonly devices?: { readonly [key: string]: DepDevice } | undefined; };
  };
  readonly 'dep.devices.disown': {
    readonly query: Content;
    readonly body: DepDeviceList;
    readonly answer: DepDeviceResults;
  };
  readonly 'dep.device.replacement': {
    readonly query: DepReplacementQuery;
    readonly body: unknown;
    readonly answer: DepReplacement;
  };
  readonly 'dep.device.activation_lock': {
    readonly query: Content;
    readonly body: DepActivationLock;
    readonly answer: DepActivationLockResult;
  };
  readonly 'dep.profile.define': {
    readonly query: Content;
    readonly body: DepProfile;
    readonly answer: DepDeviceResults;
  };
  readonly 'dep.profile.get': {
    readonly query: DepProfileQuery;
    readonly body: unknown;
    readonly answer: DepProfile;
  };
  readonly 'dep.profile.assign': {
    readonly query: Content;
    readonly body: DepAssignment;
    readonly answer: DepDeviceResults;
  };
  readonly 'dep.profile.remove': {
    readonly query: Content;
    readonly body: DepAssignment;
    readonly answer: DepDeviceResults;
  };
  readonly 'dep.account_driven.set': {
    readonly query: Content;
    readonly body: DepAccountDriven;
    readonly answer: unknown;
  };
  readonly 'dep.account_driven.get': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: DepAccountDriven;
  };
  readonly 'dep.account_driven.remove': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.beta_tokens': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: DepBetaTokens;
  };
  readonly 'dep.roster.class': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.class.sync': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.class.person': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.class.person.sync': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.class.location': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.class.location.sync': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.course': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.roster.course.sync': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.profile.tvprovider': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'dep.simulator.token': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'apns.push': {
    readonly query: Content;
    readonly body: ApnsPayload;
    readonly answer: ApnsPushRefusal;
  };
  readonly 'apns.events': {
    readonly query: ApnsListener;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'apns.broadcast': {
    readonly query: Content;
    readonly body: ApnsBroadcastPayload;
    readonly answer: ApnsPushRefusal;
  };
  readonly 'apns.channels.create': {
    readonly query: Content;
    readonly body: ApnsChannel;
    readonly answer: ApnsPushRefusal;
  };
  readonly 'apns.channels.read': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: ApnsPushRefusal & ApnsChannelConfiguration;
  };
  readonly 'apns.channels.delete': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: ApnsPushRefusal;
  };
  readonly 'apns.channels.list': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: ApnsPushRefusal & ApnsChannelList;
  };
  readonly 'vpp.service_config': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppServiceConfig;
  };
  readonly 'vpp.client_config': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer & VppClientConfig;
  };
  readonly 'vpp.client_config.set': {
    readonly query: Content;
    readonly body: VppClientConfigRequest;
    readonly answer: VppAnswer & VppClientConfig;
  };
  readonly 'vpp.assets': {
    readonly query: VppAssetQuery;
    readonly body: unknown;
    readonly answer: VppAnswer & { readonly assets?: readonly VppAsset[] | undefined; };
  };
  readonly 'vpp.assets.associate': {
    readonly query: Content;
    readonly body: VppManageAssets;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.assets.disassociate': {
    readonly query: Content;
    readonly body: VppManageAssets;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.assets.revoke': {
    readonly query: Content;
    readonly body: VppManageAssets;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.assignments': {
    readonly query: VppAssignmentQuery;
    readonly body: unknown;
    readonly answer: VppAnswer & { readonly assignments?: readonly VppAssignment[] | undefined; };
  };
  readonly 'vpp.users': {
    readonly query: VppUserQuery;
    readonly body: unknown;
    readonly answer: VppAnswer & { readonly users?: readonly VppUser[] | undefined; };
  };
  readonly 'vpp.users.create': {
    readonly query: Content;
    readonly body: { readonly users?: readonly VppUsersRequest[] | undefined; };
    readonly answer: VppAnswer;
  };
  readonly 'vpp.users.update': {
    readonly query: Content;
    readonly body: { readonly users?: readonly VppUsersRequest[] | undefined; };
    readonly answer: VppAnswer;
  };
  readonly 'vpp.users.retire': {
    readonly query: Content;
    readonly body: { readonly users?: readonly VppUsersRequest[] | undefined; };
    readonly answer: VppAnswer;
  };
  readonly 'vpp.status': {
    readonly query: VppStatusQuery;
    readonly body: unknown;
    readonly answer: VppAnswer & VppStatus;
  };
  readonly 'vpp.subscriptions': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.assignments': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.associate': {
    readonly query: Content;
    readonly body: VppSubscriptionRequest;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.disassociate': {
    readonly query: Content;
    readonly body: VppSubscriptionRequest;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.admins': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.admins.add': {
    readonly query: Content;
    readonly body: VppSubscriptionRequest;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.admins.remove': {
    readonly query: Content;
    readonly body: VppSubscriptionRequest;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.enable': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.subscriptions.disable': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: VppAnswer;
  };
  readonly 'vpp.v1.service_config': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.v1.client_config': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: unknown;
  };
  readonly 'vpp.v1.assets': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly assets?: readonly VppAsset[] | undefined; };
  };
  readonly 'vpp.v1.assignments': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly assignments?: readonly VppAssignment[] | undefined; };
  };
  readonly 'vpp.v1.licenses': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly licenses?: readonly VppLegacyLicense[] | undefined; };
  };
  readonly 'vpp.v1.licenses.manage': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: unknown;
  };
  readonly 'vpp.v1.users': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly users?: readonly VppLegacyUser[] | undefined; };
  };
  readonly 'vpp.v1.user': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly user?: VppLegacyUser | undefined; };
  };
  readonly 'vpp.v1.user.register': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly user?: VppLegacyUser | undefined; };
  };
  readonly 'vpp.v1.user.edit': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly user?: VppLegacyUser | undefined; };
  };
  readonly 'vpp.v1.user.retire': {
    readonly query: Content;
    readonly body: VppLegacyRequest;
    readonly answer: { readonly user?: VppLegacyUser | undefined; };
  };
  readonly 'vpp.v1.removed': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.lookup': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.itunes': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.owned_apps': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.owned_books': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.purchases': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.apps': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.app': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.books': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.book': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.genres': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.genre': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.search': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.storefronts': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.storefront': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.test': {
    readonly query: Content;
    readonly body: unknown;
    readonly answer: unknown;
  };
  readonly 'vpp.metadata.fleet_auth': {
    readonly query: Content;
    readonly body: VppFleetAuth;
    readonly answer: VppFleetSecret;
  };
}

/** Stands in `dep.session` $.response.body. */
export interface DepSession {
  /** Comes from Apple; a secret. */
  readonly auth_session_token?: string | undefined;
}

/** Stands in `dep.account` $.response.body. */
export interface DepAccount {
  /** Comes from Apple; may point to a person. */
  readonly server_name?: string | undefined;
  /** Comes from Apple. */
  readonly server_uuid?: string | undefined;
  /** Comes from Apple; points to a person. */
  readonly admin_id?: string | undefined;
  /** Comes from Apple; points to a person. */
  readonly facilitator_id?: string | undefined;
  /** Comes from Apple. */
  readonly org_name?: string | undefined;
  /** Comes from Apple; may point to a person. */
  readonly org_email?: string | undefined;
  /** Comes from Apple; may point to a person. */
  readonly org_phone?: string | undefined;
  /** Comes from Apple. */
  readonly org_address?: string | undefined;
  /** Comes from Apple; from protocol version 3 on. */
  readonly org_id?: string | undefined;
  /** Comes from Apple; from protocol version 3 on. */
  readonly org_id_hash?: string | undefined;
  /** Comes from Apple; from protocol version 3 on. */
  readonly org_type?: string | undefined;
  /** Comes from Apple; from protocol version 3 on. */
  readonly org_version?: string | undefined;
  /** Comes from Apple; from protocol version 3 on. */
  readonly urls?: readonly Content[] | undefined;
}

/** Stands in `dep.devices.fetch` $.body, `dep.devices.sync` $.body. */
export interface DepPageRequest {
  /** Sent to Apple. */
  readonly cursor?: string | undefined;
  /** Sent to Apple. */
  readonly limit?: number | undefined;
}

/** Stands in `dep.devices.fetch` $.response.body, `dep.devices.sync` $.response.body. */
export interface DepPage {
  /** Comes from Apple. */
  readonly cursor?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly fetched_until?: string | undefined;
  /** Comes from Apple. */
  readonly more_to_follow?: boolean | undefined;
  /** Comes from Apple. */
  readonly devices?: readonly DepDevice[] | undefined;
}

/** Stands in `dep.devices.fetch` $.response.body.devices[*], `dep.devices.sync` $.response.body.devices[*], `dep.devices.details` $.response.body.devices.*. */
export interface DepDevice {
  /** Comes from Apple; names one person’s device or account. */
  readonly serial_number?: string | undefined;
  /** Comes from Apple. */
  readonly model?: string | undefined;
  /** Comes from Apple; may point to a person. */
  readonly description?: string | undefined;
  /** Comes from Apple. */
  readonly color?: string | undefined;
  /** Comes from Apple; may point to a person. */
  readonly asset_tag?: string | undefined;
  /** Comes from Apple; from protocol version 2 on. */
  readonly os?: string | undefined;
  /** Comes from Apple; from protocol version 2 on. */
  readonly device_family?: string | undefined;
  /** Comes from Apple. */
  readonly profile_status?: string | undefined;
  /** Comes from Apple. */
  readonly profile_uuid?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly profile_assign_time?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly profile_push_time?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly device_assigned_date?: string | undefined;
  /** Comes from Apple; points to a person. */
  readonly device_assigned_by?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it; from protocol version 8 on. */
  readonly mdm_migration_deadline?: string | undefined;
  /** Comes from Apple. */
  readonly op_type?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly op_date?: string | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly imei?: readonly string[] | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly meid?: readonly string[] | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly eid?: string | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly wifi_mac_address?: string | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly bluetooth_mac_address?: string | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly ethernet_mac_address?: string | undefined;
  /** Comes from Apple; from protocol version 10 on. */
  readonly is_replacement_device?: boolean | undefined;
  /** Comes from Apple; from protocol version 10 on. */
  readonly released_by_replacement?: boolean | undefined;
  /** Comes from Apple. */
  readonly response_status?: string | undefined;
}

/** Stands in `dep.profile.define` $.body, `dep.profile.get` $.response.body. */
export interface DepProfile {
  /** Goes both ways; may point to a person. */
  readonly profile_name?: string | undefined;
  /** Goes both ways. */
  readonly url?: string | undefined;
  /** Goes both ways. */
  readonly allow_pairing?: boolean | undefined;
  /** Goes both ways. */
  readonly is_supervised?: boolean | undefined;
  /** Goes both ways. */
  readonly is_mandatory?: boolean | undefined;
  /** Goes both ways. */
  readonly is_mdm_removable?: boolean | undefined;
  /** Goes both ways; from protocol version 2 on. */
  readonly is_multi_user?: boolean | undefined;
  /** Goes both ways; from protocol version 2 on. */
  readonly await_device_configured?: boolean | undefined;
  /** Goes both ways; from protocol version 2 on. */
  readonly auto_advance_setup?: boolean | undefined;
  /** Goes both ways; may point to a person. */
  readonly support_phone_number?: string | undefined;
  /** Goes both ways; from protocol version 2 on; may point to a person. */
  readonly support_email_address?: string | undefined;
  /** Goes both ways; may point to a person. */
  readonly department?: string | undefined;
  /** Goes both ways. */
  readonly org_magic?: string | undefined;
  /** Goes both ways. */
  readonly anchor_certs?: readonly string[] | undefined;
  /** Goes both ways. */
  readonly supervising_host_certs?: readonly string[] | undefined;
  /** Goes both ways. */
  readonly skip_setup_items?: readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly devices?: readonly string[] | undefined;
  /** Goes both ways. */
  readonly language?: string | undefined;
  /** Goes both ways. */
  readonly region?: string | undefined;
  /** Goes both ways. */
  readonly configuration_web_url?: string | undefined;
  /** Goes both ways. */
  readonly is_return_to_service?: boolean | undefined;
  /** Goes both ways. */
  readonly do_not_use_profile_from_backup?: boolean | undefined;
  /** Comes from Apple. */
  readonly profile_uuid?: string | undefined;
}

/** Stands in `dep.profile.get` $.query. */
export interface DepProfileQuery {
  /** Sent to Apple. */
  readonly profile_uuid?: string | readonly string[] | undefined;
}

/** Stands in `dep.profile.assign` $.body, `dep.profile.remove` $.body. */
export interface DepAssignment {
  /** Sent to Apple. */
  readonly profile_uuid?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly devices?: readonly string[] | undefined;
}

/** Stands in `dep.devices.details` $.body, `dep.devices.disown` $.body. */
export interface DepDeviceList {
  /** Sent to Apple; names one person’s device or account. */
  readonly devices?: readonly string[] | undefined;
}

/** Stands in `dep.profile.define` $.response.body, `dep.profile.assign` $.response.body, `dep.profile.remove` $.response.body, 1 more places. */
export interface DepDeviceResults {
  /** Comes from Apple. */
  readonly profile_uuid?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly devices?: Content | undefined;
  /** Comes from Apple; from protocol version 10 on. */
  readonly retry_after_seconds?: number | undefined;
}

/** Stands in `dep.device.replacement` $.query. */
export interface DepReplacementQuery {
  /** Sent to Apple; names one person’s device or account. */
  readonly device?: string | readonly string[] | undefined;
}

/** Stands in `dep.device.replacement` $.response.body. */
export interface DepReplacement {
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly serial_number?: string | undefined;
  /** Comes from Apple; from protocol version 10 on; names one person’s device or account. */
  readonly original_device_serial_number?: string | undefined;
  /** Comes from Apple; a date as in 2026-03-02; from protocol version 10 on. */
  readonly replacement_date?: string | undefined;
}

/** Stands in `dep.device.activation_lock` $.body. */
export interface DepActivationLock {
  /** Sent to Apple; names one person’s device or account. */
  readonly device?: string | undefined;
  /** Sent to Apple; a secret. */
  readonly escrow_key?: string | undefined;
  /** Sent to Apple; may point to a person. */
  readonly lost_message?: string | undefined;
}

/** Stands in `dep.device.activation_lock` $.response.body. */
export interface DepActivationLockResult {
  /** Comes from Apple; names one person’s device or account. */
  readonly serial_number?: string | undefined;
  /** Comes from Apple. */
  readonly response_status?: string | undefined;
}

/** Stands in `dep.account_driven.set` $.body, `dep.account_driven.get` $.response.body. */
export interface DepAccountDriven {
  /** Goes both ways. */
  readonly mdm_service_discovery_url?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly last_updated_timestamp?: string | undefined;
}

/** Stands in `dep.beta_tokens` $.response.body. */
export interface DepBetaTokens {
  /** Comes from Apple. */
  readonly betaEnrollmentTokens?: readonly Content[] | undefined;
  /** Comes from Apple. */
  readonly seedBuildTokens?: readonly Content[] | undefined;
}

/** Stands in `apns.push` $.body. */
export interface ApnsPayload {
  /** Sent to Apple; names one person’s device or account. */
  readonly mdm?: string | undefined;
  /** Sent to Apple; may point to a person. */
  readonly aps?: Content | undefined;
}

/** Stands in `apns.push` $.response.body, `apns.broadcast` $.response.body, `apns.channels.create` $.response.body, 3 more places. */
export interface ApnsPushRefusal {
  /** Comes from Apple. */
  readonly reason?: string | undefined;
  /** Comes from Apple. */
  readonly timestamp?: number | undefined;
}

/** Stands in `apns.events` $.query. */
export interface ApnsListener {
  /** Sent to Apple; names one person’s device or account. */
  readonly token?: string | readonly string[] | undefined;
}

/** Stands in `apns.channels.create` $.body. */
export interface ApnsChannel {
  /** Sent to Apple. */
  readonly 'message-storage-policy'?: number | undefined;
  /** Sent to Apple. */
  readonly 'push-type'?: string | undefined;
}

/** Stands in `apns.channels.read` $.response.body. */
export interface ApnsChannelConfiguration {
  /** Comes from Apple. */
  readonly 'message-storage-policy'?: number | undefined;
  /** Comes from Apple. */
  readonly 'push-type'?: string | undefined;
}

/** Stands in `apns.channels.list` $.response.body. */
export interface ApnsChannelList {
  /** Comes from Apple. */
  readonly channels?: readonly string[] | undefined;
}

/** Stands in `apns.broadcast` $.body. */
export interface ApnsBroadcastPayload {
  /** Sent to Apple; may point to a person. */
  readonly aps?: Content | undefined;
}

/** Stands in `vpp.client_config` $.response.body, `vpp.client_config.set` $.response.body, `vpp.assets` $.response.body, 18 more places. */
export interface VppAnswer {
  /** Comes from Apple. */
  readonly uId?: string | undefined;
  /** Comes from Apple; a time as RFC 3339 writes it. */
  readonly tokenExpirationDate?: string | undefined;
  /** Comes from Apple. */
  readonly versionId?: string | undefined;
  /** Comes from Apple. */
  readonly eventId?: string | undefined;
  /** Comes from Apple. */
  readonly mdmInfo?: Content | undefined;
  /** Comes from Apple. */
  readonly errorNumber?: number | undefined;
  /** Comes from Apple. */
  readonly errorMessage?: string | undefined;
  /** Comes from Apple. */
  readonly errorInfo?: Content | undefined;
  /** Comes from Apple. */
  readonly currentPageIndex?: number | undefined;
  /** Comes from Apple. */
  readonly nextPageIndex?: number | undefined;
  /** Comes from Apple. */
  readonly totalPages?: number | undefined;
  /** Comes from Apple. */
  readonly size?: number | undefined;
}

/** Stands in `vpp.service_config` $.response.body. */
export interface VppServiceConfig {
  /** Comes from Apple. */
  readonly limits?: Content | undefined;
  /** Comes from Apple. */
  readonly urls?: Content | undefined;
  /** Comes from Apple. */
  readonly notificationTypes?: readonly string[] | undefined;
  /** Comes from Apple. */
  readonly errorCodes?: readonly Content[] | undefined;
}

/** Stands in `vpp.client_config.set` $.body. */
export interface VppClientConfigRequest {
  /** Sent to Apple. */
  readonly mdmInfo?: VppMdmInfo | undefined;
  /** Sent to Apple. */
  readonly notificationUrl?: string | undefined;
  /** Sent to Apple; a secret. */
  readonly notificationAuthToken?: string | undefined;
  /** Sent to Apple. */
  readonly notificationTypes?: readonly string[] | undefined;
}

/** Stands in `vpp.client_config.set` $.body.mdmInfo. */
export interface VppMdmInfo {
  /** Goes both ways. */
  readonly id?: string | undefined;
  /** Goes both ways; may point to a person. */
  readonly name?: string | undefined;
  /** Goes both ways; may point to a person. */
  readonly metadata?: string | undefined;
}

/** Stands in `vpp.client_config` $.response.body, `vpp.client_config.set` $.response.body. */
export interface VppClientConfig {
  /** Comes from Apple. */
  readonly countryISO2ACode?: string | undefined;
  /** Comes from Apple. */
  readonly defaultPlatform?: string | undefined;
  /** Comes from Apple; may point to a person. */
  readonly locationName?: string | undefined;
  /** Comes from Apple. */
  readonly notificationUrl?: string | undefined;
  /** Comes from Apple; a secret. */
  readonly notificationAuthToken?: string | undefined;
  /** Comes from Apple. */
  readonly subscribedNotificationTypes?: readonly string[] | undefined;
  /** Comes from Apple. */
  readonly websiteURL?: string | undefined;
}

/** Stands in `vpp.assets` $.query. */
export interface VppAssetQuery {
  /** Sent to Apple. */
  readonly pageIndex?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly productType?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly pricingParam?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly revocable?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly deviceAssignable?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly minAvailableCount?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly maxAvailableCount?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly minAssignedCount?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly maxAssignedCount?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly adamId?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly unlimited?: string | readonly string[] | undefined;
}

/** Stands in `vpp.assets` $.response.body.assets[*], `vpp.v1.assets` $.response.body.assets[*]. */
export interface VppAsset {
  /** Comes from Apple. */
  readonly adamId?: string | undefined;
  /** Comes from Apple. */
  readonly adamIdStr?: string | undefined;
  /** Comes from Apple. */
  readonly pricingParam?: string | undefined;
  /** Comes from Apple. */
  readonly productType?: string | undefined;
  /** Comes from Apple. */
  readonly productTypeId?: number | undefined;
  /** Comes from Apple. */
  readonly productTypeName?: string | undefined;
  /** Comes from Apple. */
  readonly isIrrevocable?: boolean | undefined;
  /** Comes from Apple. */
  readonly totalCount?: number | undefined;
  /** Comes from Apple. */
  readonly availableCount?: number | undefined;
  /** Comes from Apple. */
  readonly assignedCount?: number | undefined;
  /** Comes from Apple. */
  readonly retiredCount?: number | undefined;
  /** Comes from Apple. */
  readonly deviceAssignable?: boolean | undefined;
  /** Comes from Apple. */
  readonly revocable?: boolean | undefined;
  /** Comes from Apple. */
  readonly supportedPlatforms?: readonly string[] | undefined;
}

/** Stands in `vpp.assets.associate` $.body, `vpp.assets.disassociate` $.body, `vpp.assets.revoke` $.body. */
export interface VppManageAssets {
  /** Sent to Apple. */
  readonly assets?: readonly Content[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserIds?: readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly serialNumbers?: readonly string[] | undefined;
}

/** Stands in `vpp.assignments` $.query. */
export interface VppAssignmentQuery {
  /** Sent to Apple. */
  readonly adamId?: string | readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserId?: string | readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly serialNumber?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly pageIndex?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly sinceVersionId?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly pricingParam?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly includeUserState?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly excludeInactiveUsers?: string | readonly string[] | undefined;
}

/** Stands in `vpp.assignments` $.response.body.assignments[*], `vpp.v1.assignments` $.response.body.assignments[*]. */
export interface VppAssignment {
  /** Comes from Apple. */
  readonly adamId?: string | undefined;
  /** Comes from Apple. */
  readonly adamIdStr?: string | undefined;
  /** Comes from Apple. */
  readonly pricingParam?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly clientUserId?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly clientUserIdStr?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly serialNumber?: string | undefined;
  /** Comes from Apple. */
  readonly userStatus?: string | undefined;
}

/** Stands in `vpp.users.create` $.body.users[*], `vpp.users.update` $.body.users[*], `vpp.users.retire` $.body.users[*]. */
export interface VppUsersRequest {
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserId?: string | undefined;
  /** Sent to Apple; points to a person. */
  readonly email?: string | undefined;
  /** Sent to Apple; points to a person. */
  readonly managedAppleId?: string | undefined;
}

/** Stands in `vpp.users` $.query. */
export interface VppUserQuery {
  /** Sent to Apple. */
  readonly activeOnly?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly retiredOnly?: string | readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserId?: string | readonly string[] | undefined;
  /** Sent to Apple; points to a person. */
  readonly managedAppleId?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly pageIndex?: string | readonly string[] | undefined;
  /** Sent to Apple. */
  readonly sinceVersionId?: string | readonly string[] | undefined;
}

/** Stands in `vpp.users` $.response.body.users[*]. */
export interface VppUser {
  /** Comes from Apple; names one person’s device or account. */
  readonly clientUserId?: string | undefined;
  /** Comes from Apple; points to a person. */
  readonly email?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly idHash?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly inviteCode?: string | undefined;
  /** Comes from Apple. */
  readonly status?: string | undefined;
}

/** Stands in `vpp.status` $.query. */
export interface VppStatusQuery {
  /** Sent to Apple. */
  readonly eventId?: string | readonly string[] | undefined;
}

/** Stands in `vpp.status` $.response.body. */
export interface VppStatus {
  /** Comes from Apple. */
  readonly eventStatus?: string | undefined;
  /** Comes from Apple. */
  readonly eventType?: string | undefined;
  /** Comes from Apple. */
  readonly numRequested?: number | undefined;
  /** Comes from Apple. */
  readonly numCompleted?: number | undefined;
  /** Comes from Apple. */
  readonly failures?: readonly Content[] | undefined;
}

/** Stands in `vpp.subscriptions.associate` $.body, `vpp.subscriptions.disassociate` $.body, `vpp.subscriptions.admins.add` $.body, 1 more places. */
export interface VppSubscriptionRequest {
  /** Sent to Apple. */
  readonly adamIds?: readonly Content[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserIds?: readonly string[] | undefined;
  /** Sent to Apple. */
  readonly renewing?: boolean | undefined;
  /** Sent to Apple. */
  readonly deferred?: boolean | undefined;
}

/** Stands in `vpp.metadata.fleet_auth` $.body. */
export interface VppFleetAuth {
  /** Sent to Apple. */
  readonly fleetServerUrl?: string | undefined;
  /** Sent to Apple; a secret. */
  readonly fleetLicenseKey?: string | undefined;
}

/** Stands in `vpp.metadata.fleet_auth` $.response.body. */
export interface VppFleetSecret {
  /** Comes from Apple; a secret. */
  readonly fleetServerSecret?: string | undefined;
}

/** Stands in `vpp.v1.client_config` $.body, `vpp.v1.assets` $.body, `vpp.v1.assignments` $.body, 7 more places. */
export interface VppLegacyRequest {
  /** Sent to Apple; a secret. */
  readonly sToken?: string | undefined;
  /** Sent to Apple; may point to a person. */
  readonly clientContext?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly clientUserIdStr?: string | undefined;
  /** Sent to Apple; points to a person. */
  readonly email?: string | undefined;
  /** Sent to Apple; points to a person. */
  readonly managedAppleIDStr?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly itsIdHash?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly userId?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly serialNumber?: string | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly associateClientUserIdStrs?: readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly disassociateClientUserIdStrs?: readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly associateSerialNumbers?: readonly string[] | undefined;
  /** Sent to Apple; names one person’s device or account. */
  readonly disassociateSerialNumbers?: readonly string[] | undefined;
  /** Sent to Apple. */
  readonly disassociateLicenseIdStrs?: readonly string[] | undefined;
  /** Sent to Apple. */
  readonly adamIdStr?: string | undefined;
  /** Sent to Apple. */
  readonly pricingParam?: string | undefined;
  /** Sent to Apple. */
  readonly batchToken?: string | undefined;
  /** Sent to Apple. */
  readonly sinceModifiedToken?: string | undefined;
  /** Sent to Apple. */
  readonly facilitatorMemberId?: string | undefined;
  /** Sent to Apple; a secret. */
  readonly notificationToken?: string | undefined;
}

/** Stands in `vpp.v1.user` $.response.body.user, `vpp.v1.user.register` $.response.body.user, `vpp.v1.user.edit` $.response.body.user, 2 more places. */
export interface VppLegacyUser {
  /** Comes from Apple; names one person’s device or account. */
  readonly userId?: number | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly clientUserIdStr?: string | undefined;
  /** Comes from Apple; points to a person. */
  readonly email?: string | undefined;
  /** Comes from Apple. */
  readonly status?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly inviteCode?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly inviteUrl?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly itsIdHash?: string | undefined;
  /** Comes from Apple. */
  readonly licenses?: readonly Content[] | undefined;
}

/** Stands in `vpp.v1.licenses` $.response.body.licenses[*]. */
export interface VppLegacyLicense {
  /** Comes from Apple. */
  readonly licenseId?: number | undefined;
  /** Comes from Apple. */
  readonly licenseIdStr?: string | undefined;
  /** Comes from Apple. */
  readonly adamId?: number | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly serialNumber?: string | undefined;
  /** Comes from Apple; names one person’s device or account. */
  readonly userIdStr?: string | undefined;
}
