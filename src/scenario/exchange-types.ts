// Made by `npm run generate` from the tables of the catalogue: alter those.

/** Members of which the field catalogue says nothing. */
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
  readonly auth_session_token?: string | undefined;
}

/** Stands in `dep.account` $.response.body. */
export interface DepAccount {
  readonly server_name?: string | undefined;
  readonly server_uuid?: string | undefined;
  readonly admin_id?: string | undefined;
  readonly facilitator_id?: string | undefined;
  readonly org_name?: string | undefined;
  readonly org_email?: string | undefined;
  readonly org_phone?: string | undefined;
  readonly org_address?: string | undefined;
  readonly org_id?: string | undefined;
  readonly org_id_hash?: string | undefined;
  readonly org_type?: string | undefined;
  readonly org_version?: string | undefined;
  readonly urls?: readonly Content[] | undefined;
}

/** Stands in `dep.devices.fetch` $.body, `dep.devices.sync` $.body. */
export interface DepPageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Stands in `dep.devices.fetch` $.response.body, `dep.devices.sync` $.response.body. */
export interface DepPage {
  readonly cursor?: string | undefined;
  readonly fetched_until?: string | undefined;
  readonly more_to_follow?: boolean | undefined;
  readonly devices?: readonly DepDevice[] | undefined;
}

/** Stands in `dep.devices.fetch` $.response.body.devices[*], `dep.devices.sync` $.response.body.devices[*], `dep.devices.details` $.response.body.devices.*. */
export interface DepDevice {
  readonly serial_number?: string | undefined;
  readonly model?: string | undefined;
  readonly description?: string | undefined;
  readonly color?: string | undefined;
  readonly asset_tag?: string | undefined;
  readonly os?: string | undefined;
  readonly device_family?: string | undefined;
  readonly profile_status?: string | undefined;
  readonly profile_uuid?: string | undefined;
  readonly profile_assign_time?: string | undefined;
  readonly profile_push_time?: string | undefined;
  readonly device_assigned_date?: string | undefined;
  readonly device_assigned_by?: string | undefined;
  readonly mdm_migration_deadline?: string | undefined;
  readonly op_type?: string | undefined;
  readonly op_date?: string | undefined;
  readonly imei?: readonly string[] | undefined;
  readonly meid?: readonly string[] | undefined;
  readonly eid?: string | undefined;
  readonly wifi_mac_address?: string | undefined;
  readonly bluetooth_mac_address?: string | undefined;
  readonly ethernet_mac_address?: string | undefined;
  readonly is_replacement_device?: boolean | undefined;
  readonly released_by_replacement?: boolean | undefined;
  readonly response_status?: string | undefined;
}

/** Stands in `dep.profile.define` $.body, `dep.profile.get` $.response.body. */
export interface DepProfile {
  readonly profile_name?: string | undefined;
  readonly url?: string | undefined;
  readonly allow_pairing?: boolean | undefined;
  readonly is_supervised?: boolean | undefined;
  readonly is_mandatory?: boolean | undefined;
  readonly is_mdm_removable?: boolean | undefined;
  readonly is_multi_user?: boolean | undefined;
  readonly await_device_configured?: boolean | undefined;
  readonly auto_advance_setup?: boolean | undefined;
  readonly support_phone_number?: string | undefined;
  readonly support_email_address?: string | undefined;
  readonly department?: string | undefined;
  readonly org_magic?: string | undefined;
  readonly anchor_certs?: readonly string[] | undefined;
  readonly supervising_host_certs?: readonly string[] | undefined;
  readonly skip_setup_items?: readonly string[] | undefined;
  readonly devices?: readonly string[] | undefined;
  readonly language?: string | undefined;
  readonly region?: string | undefined;
  readonly configuration_web_url?: string | undefined;
  readonly is_return_to_service?: boolean | undefined;
  readonly do_not_use_profile_from_backup?: boolean | undefined;
  readonly profile_uuid?: string | undefined;
}

/** Stands in `dep.profile.get` $.query. */
export interface DepProfileQuery {
  readonly profile_uuid?: string | readonly string[] | undefined;
}

/** Stands in `dep.profile.assign` $.body, `dep.profile.remove` $.body. */
export interface DepAssignment {
  readonly profile_uuid?: string | undefined;
  readonly devices?: readonly string[] | undefined;
}

/** Stands in `dep.devices.details` $.body, `dep.devices.disown` $.body. */
export interface DepDeviceList {
  readonly devices?: readonly string[] | undefined;
}

/** Stands in `dep.profile.define` $.response.body, `dep.profile.assign` $.response.body, `dep.profile.remove` $.response.body, 1 more places. */
export interface DepDeviceResults {
  readonly profile_uuid?: string | undefined;
  readonly devices?: Content | undefined;
  readonly retry_after_seconds?: number | undefined;
}

/** Stands in `dep.device.replacement` $.query. */
export interface DepReplacementQuery {
  readonly device?: string | readonly string[] | undefined;
}

/** Stands in `dep.device.replacement` $.response.body. */
export interface DepReplacement {
  readonly serial_number?: string | undefined;
  readonly original_device_serial_number?: string | undefined;
  readonly replacement_date?: string | undefined;
}

/** Stands in `dep.device.activation_lock` $.body. */
export interface DepActivationLock {
  readonly device?: string | undefined;
  readonly escrow_key?: string | undefined;
  readonly lost_message?: string | undefined;
}

/** Stands in `dep.device.activation_lock` $.response.body. */
export interface DepActivationLockResult {
  readonly serial_number?: string | undefined;
  readonly response_status?: string | undefined;
}

/** Stands in `dep.account_driven.set` $.body, `dep.account_driven.get` $.response.body. */
export interface DepAccountDriven {
  readonly mdm_service_discovery_url?: string | undefined;
  readonly last_updated_timestamp?: string | undefined;
}

/** Stands in `dep.beta_tokens` $.response.body. */
export interface DepBetaTokens {
  readonly betaEnrollmentTokens?: readonly Content[] | undefined;
  readonly seedBuildTokens?: readonly Content[] | undefined;
}

/** Stands in `apns.push` $.body. */
export interface ApnsPayload {
  readonly mdm?: string | undefined;
  readonly aps?: Content | undefined;
}

/** Stands in `apns.push` $.response.body, `apns.broadcast` $.response.body, `apns.channels.create` $.response.body, 3 more places. */
export interface ApnsPushRefusal {
  readonly reason?: string | undefined;
  readonly timestamp?: number | undefined;
}

/** Stands in `apns.events` $.query. */
export interface ApnsListener {
  readonly token?: string | readonly string[] | undefined;
}

/** Stands in `apns.channels.create` $.body. */
export interface ApnsChannel {
  readonly 'message-storage-policy'?: number | undefined;
  readonly 'push-type'?: string | undefined;
}

/** Stands in `apns.channels.read` $.response.body. */
export interface ApnsChannelConfiguration {
  readonly 'message-storage-policy'?: number | undefined;
  readonly 'push-type'?: string | undefined;
}

/** Stands in `apns.channels.list` $.response.body. */
export interface ApnsChannelList {
  readonly channels?: readonly string[] | undefined;
}

/** Stands in `apns.broadcast` $.body. */
export interface ApnsBroadcastPayload {
  readonly aps?: Content | undefined;
}

/** Stands in `vpp.client_config` $.response.body, `vpp.client_config.set` $.response.body, `vpp.assets` $.response.body, 18 more places. */
export interface VppAnswer {
  readonly uId?: string | undefined;
  readonly tokenExpirationDate?: string | undefined;
  readonly versionId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly mdmInfo?: Content | undefined;
  readonly errorNumber?: number | undefined;
  readonly errorMessage?: string | undefined;
  readonly errorInfo?: Content | undefined;
  readonly currentPageIndex?: number | undefined;
  readonly nextPageIndex?: number | undefined;
  readonly totalPages?: number | undefined;
  readonly size?: number | undefined;
}

/** Stands in `vpp.service_config` $.response.body. */
export interface VppServiceConfig {
  readonly limits?: Content | undefined;
  readonly urls?: Content | undefined;
  readonly notificationTypes?: readonly string[] | undefined;
  readonly errorCodes?: readonly Content[] | undefined;
}

/** Stands in `vpp.client_config.set` $.body. */
export interface VppClientConfigRequest {
  readonly mdmInfo?: VppMdmInfo | undefined;
  readonly notificationUrl?: string | undefined;
  readonly notificationAuthToken?: string | undefined;
  readonly notificationTypes?: readonly string[] | undefined;
}

/** Stands in `vpp.client_config.set` $.body.mdmInfo. */
export interface VppMdmInfo {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly metadata?: string | undefined;
}

/** Stands in `vpp.client_config` $.response.body, `vpp.client_config.set` $.response.body. */
export interface VppClientConfig {
  readonly countryISO2ACode?: string | undefined;
  readonly defaultPlatform?: string | undefined;
  readonly locationName?: string | undefined;
  readonly notificationUrl?: string | undefined;
  readonly notificationAuthToken?: string | undefined;
  readonly subscribedNotificationTypes?: readonly string[] | undefined;
  readonly websiteURL?: string | undefined;
}

/** Stands in `vpp.assets` $.query. */
export interface VppAssetQuery {
  readonly pageIndex?: string | readonly string[] | undefined;
  readonly productType?: string | readonly string[] | undefined;
  readonly pricingParam?: string | readonly string[] | undefined;
  readonly revocable?: string | readonly string[] | undefined;
  readonly deviceAssignable?: string | readonly string[] | undefined;
  readonly minAvailableCount?: string | readonly string[] | undefined;
  readonly maxAvailableCount?: string | readonly string[] | undefined;
  readonly minAssignedCount?: string | readonly string[] | undefined;
  readonly maxAssignedCount?: string | readonly string[] | undefined;
  readonly adamId?: string | readonly string[] | undefined;
  readonly unlimited?: string | readonly string[] | undefined;
}

/** Stands in `vpp.assets` $.response.body.assets[*], `vpp.v1.assets` $.response.body.assets[*]. */
export interface VppAsset {
  readonly adamId?: string | undefined;
  readonly adamIdStr?: string | undefined;
  readonly pricingParam?: string | undefined;
  readonly productType?: string | undefined;
  readonly productTypeId?: number | undefined;
  readonly productTypeName?: string | undefined;
  readonly isIrrevocable?: boolean | undefined;
  readonly totalCount?: number | undefined;
  readonly availableCount?: number | undefined;
  readonly assignedCount?: number | undefined;
  readonly retiredCount?: number | undefined;
  readonly deviceAssignable?: boolean | undefined;
  readonly revocable?: boolean | undefined;
  readonly supportedPlatforms?: readonly string[] | undefined;
}

/** Stands in `vpp.assets.associate` $.body, `vpp.assets.disassociate` $.body, `vpp.assets.revoke` $.body. */
export interface VppManageAssets {
  readonly assets?: readonly Content[] | undefined;
  readonly clientUserIds?: readonly string[] | undefined;
  readonly serialNumbers?: readonly string[] | undefined;
}

/** Stands in `vpp.assignments` $.query. */
export interface VppAssignmentQuery {
  readonly adamId?: string | readonly string[] | undefined;
  readonly clientUserId?: string | readonly string[] | undefined;
  readonly serialNumber?: string | readonly string[] | undefined;
  readonly pageIndex?: string | readonly string[] | undefined;
  readonly sinceVersionId?: string | readonly string[] | undefined;
  readonly pricingParam?: string | readonly string[] | undefined;
  readonly includeUserState?: string | readonly string[] | undefined;
  readonly excludeInactiveUsers?: string | readonly string[] | undefined;
}

/** Stands in `vpp.assignments` $.response.body.assignments[*], `vpp.v1.assignments` $.response.body.assignments[*]. */
export interface VppAssignment {
  readonly adamId?: string | undefined;
  readonly adamIdStr?: string | undefined;
  readonly pricingParam?: string | undefined;
  readonly clientUserId?: string | undefined;
  readonly clientUserIdStr?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly userStatus?: string | undefined;
}

/** Stands in `vpp.users.create` $.body.users[*], `vpp.users.update` $.body.users[*], `vpp.users.retire` $.body.users[*]. */
export interface VppUsersRequest {
  readonly clientUserId?: string | undefined;
  readonly email?: string | undefined;
  readonly managedAppleId?: string | undefined;
}

/** Stands in `vpp.users` $.query. */
export interface VppUserQuery {
  readonly activeOnly?: string | readonly string[] | undefined;
  readonly retiredOnly?: string | readonly string[] | undefined;
  readonly clientUserId?: string | readonly string[] | undefined;
  readonly managedAppleId?: string | readonly string[] | undefined;
  readonly pageIndex?: string | readonly string[] | undefined;
  readonly sinceVersionId?: string | readonly string[] | undefined;
}

/** Stands in `vpp.users` $.response.body.users[*]. */
export interface VppUser {
  readonly clientUserId?: string | undefined;
  readonly email?: string | undefined;
  readonly idHash?: string | undefined;
  readonly inviteCode?: string | undefined;
  readonly status?: string | undefined;
}

/** Stands in `vpp.status` $.query. */
export interface VppStatusQuery {
  readonly eventId?: string | readonly string[] | undefined;
}

/** Stands in `vpp.status` $.response.body. */
export interface VppStatus {
  readonly eventStatus?: string | undefined;
  readonly eventType?: string | undefined;
  readonly numRequested?: number | undefined;
  readonly numCompleted?: number | undefined;
  readonly failures?: readonly Content[] | undefined;
}

/** Stands in `vpp.subscriptions.associate` $.body, `vpp.subscriptions.disassociate` $.body, `vpp.subscriptions.admins.add` $.body, 1 more places. */
export interface VppSubscriptionRequest {
  readonly adamIds?: readonly Content[] | undefined;
  readonly clientUserIds?: readonly string[] | undefined;
  readonly renewing?: boolean | undefined;
  readonly deferred?: boolean | undefined;
}

/** Stands in `vpp.metadata.fleet_auth` $.body. */
export interface VppFleetAuth {
  readonly fleetServerUrl?: string | undefined;
  readonly fleetLicenseKey?: string | undefined;
}

/** Stands in `vpp.metadata.fleet_auth` $.response.body. */
export interface VppFleetSecret {
  readonly fleetServerSecret?: string | undefined;
}

/** Stands in `vpp.v1.client_config` $.body, `vpp.v1.assets` $.body, `vpp.v1.assignments` $.body, 7 more places. */
export interface VppLegacyRequest {
  readonly sToken?: string | undefined;
  readonly clientContext?: string | undefined;
  readonly clientUserIdStr?: string | undefined;
  readonly email?: string | undefined;
  readonly managedAppleIDStr?: string | undefined;
  readonly itsIdHash?: string | undefined;
  readonly userId?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly associateClientUserIdStrs?: readonly string[] | undefined;
  readonly disassociateClientUserIdStrs?: readonly string[] | undefined;
  readonly associateSerialNumbers?: readonly string[] | undefined;
  readonly disassociateSerialNumbers?: readonly string[] | undefined;
  readonly disassociateLicenseIdStrs?: readonly string[] | undefined;
  readonly adamIdStr?: string | undefined;
  readonly pricingParam?: string | undefined;
  readonly batchToken?: string | undefined;
  readonly sinceModifiedToken?: string | undefined;
  readonly facilitatorMemberId?: string | undefined;
  readonly notificationToken?: string | undefined;
}

/** Stands in `vpp.v1.user` $.response.body.user, `vpp.v1.user.register` $.response.body.user, `vpp.v1.user.edit` $.response.body.user, 2 more places. */
export interface VppLegacyUser {
  readonly userId?: number | undefined;
  readonly clientUserIdStr?: string | undefined;
  readonly email?: string | undefined;
  readonly status?: string | undefined;
  readonly inviteCode?: string | undefined;
  readonly inviteUrl?: string | undefined;
  readonly itsIdHash?: string | undefined;
  readonly licenses?: readonly Content[] | undefined;
}

/** Stands in `vpp.v1.licenses` $.response.body.licenses[*]. */
export interface VppLegacyLicense {
  readonly licenseId?: number | undefined;
  readonly licenseIdStr?: string | undefined;
  readonly adamId?: number | undefined;
  readonly serialNumber?: string | undefined;
  readonly userIdStr?: string | undefined;
}
