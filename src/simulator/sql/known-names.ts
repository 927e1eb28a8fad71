/**
 * What SQL Server knows and the simulator has not, by name, from Microsoft's documentation: asked for, it is refused as not
 * simulated (40514), and never told to be no such thing. What is in none of these lists does not exist.
 */

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

const functions = names(`
  APPLOCK_MODE APPLOCK_TEST APPROX_COUNT_DISTINCT APPROX_PERCENTILE_CONT APPROX_PERCENTILE_DISC ASCII ASSEMBLYPROPERTY ASYMKEY_ID
  ASYMKEYPROPERTY ATN2 BIT_COUNT CERTENCODED CERTPRIVATEKEY CERTPROPERTY CERT_ID CHECKSUM CHECKSUM_AGG COL_LENGTH COL_NAME
  COLLATIONPROPERTY COLUMNPROPERTY COLUMNS_UPDATED COMPRESS CONNECTIONPROPERTY CONTEXT_INFO CRYPT_GEN_RANDOM CUME_DIST
  CURRENT_REQUEST_ID CURRENT_TIMEZONE CURRENT_TRANSACTION_ID CURSOR_STATUS DATABASE_PRINCIPAL_ID DATABASEPROPERTYEX DATE_BUCKET
  DATEFROMPARTS DATETIME2FROMPARTS DATETIMEFROMPARTS DATETIMEOFFSETFROMPARTS DATETRUNC DECOMPRESS DECRYPTBYASYMKEY DECRYPTBYCERT
  DECRYPTBYKEY DECRYPTBYKEYAUTOASYMKEY DECRYPTBYKEYAUTOCERT DECRYPTBYPASSPHRASE DIFFERENCE ENCRYPTBYASYMKEY ENCRYPTBYCERT
  ENCRYPTBYKEY ENCRYPTBYPASSPHRASE EOMONTH ERROR_LINE ERROR_MESSAGE ERROR_NUMBER ERROR_PROCEDURE ERROR_SEVERITY ERROR_STATE
  EVENTDATA FILEGROUP_ID FILEGROUP_NAME FILEGROUPPROPERTY FILE_ID FILE_IDEX FILE_NAME FILEPROPERTY FILEPROPERTYEX FIRST_VALUE FORMAT
  FORMATMESSAGE FULLTEXTCATALOGPROPERTY FULLTEXTSERVICEPROPERTY GENERATE_SERIES GET_BIT GETANSINULL GET_FILESTREAM_TRANSACTION_CONTEXT
  GREATEST GROUPING GROUPING_ID HASHBYTES HOST_ID IDENT_CURRENT IDENT_INCR IDENT_SEED IDENTITY INDEX_COL INDEXKEY_PROPERTY
  INDEXPROPERTY IS_MEMBER IS_OBJECTSIGNED IS_ROLEMEMBER ISJSON JSON_ARRAY JSON_ARRAYAGG JSON_MODIFY JSON_OBJECT JSON_OBJECTAGG
  JSON_PATH_EXISTS JSON_QUERY JSON_VALUE KEY_GUID KEY_ID KEY_NAME LAG LAST_VALUE LEAD LEAST LEFT_SHIFT LOGINPROPERTY
  MIN_ACTIVE_ROWVERSION NEWID NEWSEQUENTIALID NTILE OBJECT_DEFINITION OBJECT_NAME OBJECT_SCHEMA_NAME OBJECTPROPERTY OBJECTPROPERTYEX
  OPENJSON OPENQUERY OPENROWSET OPENXML PARSE PARSENAME PATINDEX PERCENT_RANK PERCENTILE_CONT PERCENTILE_DISC PERMISSIONS
  PUBLISHINGSERVERNAME PWDCOMPARE PWDENCRYPT REGEXP_COUNT REGEXP_INSTR REGEXP_LIKE REGEXP_REPLACE REGEXP_SUBSTR RIGHT_SHIFT
  SCHEMA_ID SCOPE_IDENTITY SESSION_CONTEXT SESSIONPROPERTY SET_BIT SIGNBYASYMKEY SIGNBYCERT SMALLDATETIMEFROMPARTS SOUNDEX
  SQL_VARIANT_PROPERTY STATS_DATE STR STRING_AGG STRING_ESCAPE STRING_SPLIT STUFF SUSER_ID SWITCHOFFSET SYMKEYPROPERTY TERTIARY_WEIGHTS
  TEXTPTR TEXTVALID TIMEFROMPARTS TODATETIMEOFFSET TRANSLATE TRIGGER_NESTLEVEL TRY_PARSE TYPE_ID TYPE_NAME TYPEPROPERTY UNICODE
  UPDATE USER_ID VERIFYSIGNEDBYASYMKEY VERIFYSIGNEDBYCERT VERSION
`);

const globals = names(`
  @@CONNECTIONS @@CPU_BUSY @@CURSOR_ROWS @@DBTS @@DEF_SORTORDER_ID @@DEFAULT_LANGID @@FETCH_STATUS @@IDENTITY @@IDLE @@IO_BUSY
  @@MAX_CONNECTIONS @@PACK_RECEIVED @@PACK_SENT @@PACKET_ERRORS @@PROCID @@REMSERVER @@TIMETICKS @@TOTAL_ERRORS @@TOTAL_READ
  @@TOTAL_WRITE
`);

/** Of the schema sys, beside all that begin with `dm_`; the views of INFORMATION_SCHEMA are known as a whole. */
const systemViews = names(`
  all_columns all_parameters all_sql_modules all_views allocation_units assemblies asymmetric_keys availability_group_listeners
  availability_read_only_routing_lists backup_devices check_constraints column_encryption_keys column_master_keys columns
  computed_columns configurations conversation_endpoints credentials crypt_properties cryptographic_providers data_spaces
  database_audit_specifications database_automatic_tuning_options database_credentials database_event_sessions database_files
  database_filestream_options database_ledger_transactions database_mirroring database_mirroring_witnesses database_permissions
  database_principals database_query_store_options database_role_members database_scoped_configurations database_scoped_credentials
  default_constraints destination_data_spaces endpoint_webmethods event_notifications events extended_procedures extended_properties
  external_data_sources external_file_formats external_tables foreign_key_columns foreign_keys fulltext_catalogs fulltext_indexes
  function_order_columns fulltext_languages http_endpoints identity_columns index_columns indexes internal_tables key_constraints
  key_encryptions linked_logins login_token masked_columns master_key_passwords memory_optimized_tables_internal_attributes
  message_type_xml_schema_collection_usages module_assembly_usages numbered_procedures openkeys parameters partition_functions
  partition_parameters partition_range_values partition_schemes partitions periods plan_guides procedures query_store_plan
  query_store_query query_store_query_text query_store_runtime_stats query_store_wait_stats remote_logins resource_governor_configuration
  resource_governor_resource_pools resource_governor_workload_groups routes schemas securable_classes security_policies
  security_predicates selective_xml_index_paths sequences server_assembly_modules server_audits server_audit_specifications
  server_event_session_events server_event_sessions server_event_session_targets server_events server_file_audits
  server_memory_optimized_hybrid_buffer_pool_configuration server_permissions server_role_members server_sql_modules
  server_trigger_events server_triggers servers service_broker_endpoints service_contracts service_message_types service_queues services
  soap_endpoints spatial_indexes sql_dependencies sql_expression_dependencies sql_logins sql_modules stats stats_columns synonyms
  syscacheobjects syscharsets syscolumns sysconfigures sysdatabases sysindexes syslanguages syslockinfo syslogins sysmessages
  sysobjects sysperfinfo sysprocesses sysservers system_columns system_components_surface_area_configuration system_internals_partitions
  system_objects system_parameters system_sql_modules system_views systypes sysusers table_types tables time_zone_info trace_events
  traces transmission_queue trigger_events triggers trusted_assemblies type_assembly_usages types user_token via_endpoints views
  xml_indexes xml_schema_collections
`);

const procedures = names(`
  sp_add_alert sp_add_category sp_add_jobschedule sp_add_operator sp_add_proxy sp_add_schedule sp_addextendedproperty
  sp_addlinkedserver sp_addlinkedsrvlogin sp_addlogin sp_addmessage sp_addrole sp_addrolemember sp_addsrvrolemember sp_adduser
  sp_attach_db sp_certificate_add_issuer sp_change_users_login sp_changedbowner sp_columns sp_configure sp_create_plan_guide
  sp_cursor sp_cursorclose sp_cursorexecute sp_cursorfetch sp_cursoropen sp_cursorprepare sp_cursorprepexec sp_cursorunprepare
  sp_cycle_errorlog sp_databases sp_datatype_info sp_dboption sp_delete_alert sp_delete_jobstep sp_depends sp_describe_cursor
  sp_describe_first_result_set sp_describe_parameter_encryption sp_describe_undeclared_parameters sp_detach_db sp_droplogin
  sp_dropserver sp_dropuser sp_enum_sqlagent_subsystems sp_execute sp_executesql_plan sp_fkeys sp_getapplock sp_help sp_help_job
  sp_help_jobactivity sp_help_jobhistory sp_help_jobstep sp_help_jobsteplog sp_helpconstraint sp_helpdb sp_helpfile
  sp_helpfilegroup sp_helpindex sp_helplanguage sp_helplogins sp_helprole sp_helprolemember sp_helpserver sp_helpsort
  sp_helpsrvrole sp_helpsrvrolemember sp_helptext sp_helpuser sp_indexes sp_lock sp_migrate_user_to_contained sp_monitor
  sp_multidb_milink sp_oacreate sp_pkeys sp_prepare sp_prepexec sp_procedure_params_rowset sp_procoption sp_purge_jobhistory
  sp_recompile sp_refreshview sp_releaseapplock sp_rename sp_renamedb sp_reset_connection sp_resetstatus sp_server_info
  sp_serveroption sp_set_session_context sp_settriggerorder sp_spaceused sp_special_columns sp_sproc_columns sp_statistics
  sp_stored_procedures sp_tableoption sp_tables sp_trace_create sp_trace_setevent sp_trace_setstatus sp_unprepare sp_update_jobstep
  sp_updatestats sp_validate_certificate_ca_chain sp_validatelogins sp_who sp_who2 xp_cmdshell xp_create_subdir xp_delete_file
  xp_dirtree xp_enumgroups xp_fileexist xp_fixeddrives xp_instance_regread xp_instance_regwrite xp_logevent xp_loginconfig
  xp_logininfo xp_msver xp_regread xp_regwrite xp_servicecontrol xp_sprintf xp_sqlagent_enum_jobs xp_sqlagent_notify xp_sscanf
`);

/** Whether SQL Server has a built-in function of this name, which is in upper case. */
export function isKnownFunction(name: string): boolean {
  return functions.has(name);
}

/** Whether SQL Server has this global variable, in upper case with both of its signs. */
export function isKnownGlobal(name: string): boolean {
  return globals.has(name);
}

/** Whether SQL Server has a system view of this name and schema, both in lower case. */
export function isKnownView(schema: string, name: string): boolean {
  if (schema === 'information_schema') return true;
  return schema === 'sys' && (systemViews.has(name) || name.startsWith('dm_'));
}

/** Whether SQL Server has a system procedure of this name, in lower case. */
export function isKnownProcedure(name: string): boolean {
  return procedures.has(name);
}
