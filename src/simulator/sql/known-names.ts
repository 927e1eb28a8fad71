/**
 * What SQL Server knows and the simulator has not, by name, from Microsoft's documentation: asked for, it is refused as not
 * simulated (40514), and never told to be no such thing. What is in none of these lists does not exist.
 */

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function names(text: string): ReadonlySet<string> {
  return new Set(words(text));
}

const functions = names(`
  APPLOCK_MODE APPLOCK_TEST APPROX_COUNT_DISTINCT APPROX_PERCENTILE_CONT APPROX_PERCENTILE_DISC ASCII ASSEMBLYPROPERTY ASYMKEY_ID
  ASYMKEYPROPERTY ATN2 BIT_COUNT CERTPRIVATEKEY CERTPROPERTY CHECKSUM CHECKSUM_AGG COL_LENGTH COL_NAME
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
  AI_ANALYZE_SENTIMENT AI_CLASSIFY AI_EXTRACT AI_FIX_GRAMMAR AI_GENERATE_CHUNKS AI_GENERATE_EMBEDDINGS AI_GENERATE_RESPONSE
  AI_SUMMARIZE AI_TRANSLATE BASE64_DECODE BASE64_ENCODE BINARY_CHECKSUM CHANGETABLE CHANGE_TRACKING_CONTEXT
  CHANGE_TRACKING_CURRENT_VERSION CHANGE_TRACKING_IS_COLUMN_IN_MASK CHANGE_TRACKING_MIN_VALID_VERSION CHAR CHOOSE CONCAT_WS CONTAINS
  CONTAINSTABLE CUBE CURRENT_DATE CURRENT_TIME DATABASEPROPERTY EDIT_DISTANCE EDIT_DISTANCE_SIMILARITY FREETEXT FREETEXTTABLE
  HAS_DBACCESS INVOKE_EXTERNAL_REST_ENDPOINT ISDATE ISNUMERIC IS_SRVROLEMEMBER JARO_WINKLER_DISTANCE JARO_WINKLER_SIMILARITY
  JSON_CONTAINS LOG10 NCHAR PREDICT RAND REGEXP_MATCHES REGEXP_SPLIT_TO_TABLE ROLLUP SEMANTICKEYPHRASETABLE
  SEMANTICSIMILARITYDETAILSTABLE SEMANTICSIMILARITYTABLE SESSION_ID SID_BINARY UNISTR VECTOR_DISTANCE VECTOR_NORM VECTOR_NORMALIZE
  VECTOR_SEARCH VECTORPROPERTY VAR VARP STDEV STDEVP ACOS ASIN ATAN COS COT DEGREES EXP LOG PI POWER RADIANS SIN SQRT SQUARE TAN SIGN
  DATENAME DATEDIFF_BIG ISNULL QUOTENAME SWITCHOFFSET SYSDATETIMEOFFSET TRIM XACT_STATE MIN_ACTIVE_ROWVERSION OPENDATASOURCE
`);

const globals = names(`
  @@CONNECTIONS @@CPU_BUSY @@CURSOR_ROWS @@DBTS @@DEF_SORTORDER_ID @@DEFAULT_LANGID @@FETCH_STATUS @@IDENTITY @@IDLE @@IO_BUSY
  @@MAX_CONNECTIONS @@PACK_RECEIVED @@PACK_SENT @@PACKET_ERRORS @@PROCID @@REMSERVER @@TIMETICKS @@TOTAL_ERRORS @@TOTAL_READ
  @@TOTAL_WRITE
`);

const stateViews = names(`
  dm_audit_actions dm_broker_activated_tasks dm_broker_connections dm_broker_queue_monitors dm_cdc_errors dm_cdc_log_scan_sessions
  dm_clr_appdomains dm_clr_loaded_assemblies dm_clr_properties dm_clr_tasks dm_cluster_properties dm_column_store_object_pool
  dm_cryptographic_provider_properties dm_db_column_store_row_group_physical_stats dm_db_file_space_usage
  dm_db_fts_index_physical_stats dm_db_index_operational_stats dm_db_index_physical_stats dm_db_index_usage_stats dm_db_log_info
  dm_db_log_space_usage dm_db_log_stats dm_db_mirroring_auto_page_repair dm_db_mirroring_connections dm_db_missing_index_columns
  dm_db_missing_index_details dm_db_missing_index_group_stats dm_db_missing_index_groups dm_db_page_info dm_db_partition_stats
  dm_db_persisted_sku_features dm_db_resource_stats dm_db_session_space_usage dm_db_stats_histogram dm_db_stats_properties
  dm_db_task_space_usage dm_db_tuning_recommendations dm_db_uncontained_entities dm_db_xtp_checkpoint_files dm_db_xtp_table_memory_stats
  dm_exec_background_job_queue dm_exec_cached_plans dm_exec_connections dm_exec_cursors dm_exec_describe_first_result_set
  dm_exec_function_stats dm_exec_input_buffer dm_exec_plan_attributes dm_exec_procedure_stats dm_exec_query_memory_grants
  dm_exec_query_optimizer_info dm_exec_query_plan dm_exec_query_plan_stats dm_exec_query_profiles dm_exec_query_resource_semaphores
  dm_exec_query_stats dm_exec_query_statistics_xml dm_exec_requests dm_exec_session_wait_stats dm_exec_sql_text dm_exec_text_query_plan
  dm_exec_trigger_stats dm_exec_xml_handles dm_filestream_file_io_handles dm_fts_active_catalogs dm_fts_index_population
  dm_geo_replication_link_status dm_hadr_ag_threads dm_hadr_cluster_members dm_hadr_cluster_networks
  dm_hadr_instance_node_map dm_hadr_name_id_map dm_io_backup_tapes dm_io_cluster_shared_drives dm_io_pending_io_requests
  dm_io_virtual_file_stats dm_logpool_stats dm_os_buffer_descriptors dm_os_buffer_pool_extension_configuration dm_os_child_instances
  dm_os_cluster_nodes dm_os_dispatcher_pools dm_os_enumerate_fixed_drives dm_os_file_exists dm_os_hosts dm_os_job_object
  dm_os_latch_stats dm_os_loaded_modules dm_os_memory_brokers dm_os_memory_cache_counters dm_os_memory_cache_entries
  dm_os_memory_clerks dm_os_memory_nodes dm_os_memory_objects dm_os_memory_pools dm_os_nodes dm_os_process_memory dm_os_ring_buffers
  dm_os_schedulers dm_os_server_diagnostics_log_configurations dm_os_spinlock_stats dm_os_stacks dm_os_sys_info dm_os_sys_memory
  dm_os_tasks dm_os_threads dm_os_virtual_address_dump dm_os_volume_stats dm_os_wait_stats dm_os_waiting_tasks dm_os_windows_info
  dm_os_workers dm_qn_subscriptions dm_repl_articles dm_repl_schemas dm_resource_governor_configuration
  dm_resource_governor_resource_pools dm_resource_governor_workload_groups dm_server_audit_status dm_server_memory_dumps
  dm_server_registry dm_sql_referenced_entities dm_sql_referencing_entities dm_tcp_listener_states dm_tran_aborted_transactions
  dm_tran_active_snapshot_database_transactions dm_tran_active_transactions dm_tran_commit_table dm_tran_current_snapshot
  dm_tran_current_transaction dm_tran_database_transactions dm_tran_locks dm_tran_session_transactions dm_tran_top_version_generators
  dm_tran_transactions_snapshot dm_tran_version_store dm_tran_version_store_space_usage dm_user_db_resource_governance
  dm_xe_database_sessions dm_xe_map_values dm_xe_object_columns dm_xe_objects dm_xe_packages dm_xe_session_event_actions
  dm_xe_session_events dm_xe_session_object_columns dm_xe_session_targets dm_xtp_gc_stats dm_xtp_system_memory_consumers
`);

/** Of the schema sys, beside those of state; the views of INFORMATION_SCHEMA are known as a whole. */
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
  all_objects column_type_usages parameter_type_usages database_recovery_status dm_os_nodes filegroups filetables
  filetable_system_defined_objects hash_indexes internal_partitions linked_logins message_types backup_devices geo_replication_links
  numbered_procedure_parameters query_context_settings registered_search_properties registered_search_property_lists
  remote_service_bindings schemas sensitivity_classifications server_event_notifications server_principal_credentials
  server_principals services sql_logins symmetric_keys system_internals_allocation_units system_internals_partition_columns
  time_zone_info tcp_endpoints trigger_event_types vector_indexes json_indexes syscomments sysconstraints syscurconfigs
  sysdepends sysdevices sysfilegroups sysfiles sysforeignkeys sysfulltextcatalogs sysindexkeys sysmembers sysoledbusers sysopentapes
  syspermissions sysprotects sysreferences sysremotelogins sysaltfiles edge_constraints edge_constraint_clauses
  conversation_groups conversation_priorities database_firewall_rules firewall_rules bandwidth_usage
  resource_stats elastic_pool_resource_stats event_log database_usage resource_usage server_resource_stats instance_resource_stats
  fn_helpcollations fn_my_permissions fn_virtualfilestats fn_trace_gettable fn_listextendedproperty fn_get_audit_file fn_dblog
  fn_xe_file_target_read_file fn_builtin_permissions fn_servershareddrives fn_stmt_sql_handle_from_sql_stmt fn_hadr_is_primary_replica
  fn_hadr_backup_is_preferred_replica fn_hadr_distributed_ag_database_replica fn_hadr_distributed_ag_replica
`);

/** How the names of whole families of system views begin. */
const viewFamilies = words(`
  dm_audit_ dm_broker_ dm_cache_ dm_cdc_ dm_clr_ dm_cloud_ dm_cluster_ dm_column_store_ dm_db_column_store_ dm_db_fts_ dm_db_mirroring_
  dm_db_missing_index_ dm_db_xtp_ dm_elastic_ dm_exec_compute_ dm_exec_distributed_ dm_exec_dms_ dm_exec_external_ dm_exec_query_
  dm_external_ dm_filestream_ dm_fts_ dm_io_ dm_linux_ dm_operation_ dm_pdw_ dm_qn_ dm_repl_ dm_resource_governor_ dm_server_ dm_sql_
  dm_toad_ dm_tran_ dm_xe_ dm_xtp_
  assembly_ availability_group_listener change_tracking_ column_encryption_ column_store_ database_audit_ database_event_session
  database_ledger_ database_mirroring_ database_scoped_ external_ fulltext_ index_resumable_ ledger_ memory_optimized_ pdw_
  query_store_ resource_governor_ selective_xml_ server_audit server_event trusted_ workload_management_ xml_schema_
`);

/** Tables of msdb, and what else is in dbo of a system database. */
const ofMsdb = words(`
  sysalerts syscachedcredentials syscategories sysdac sysdbmaintplan sysdownloadlist sysjob sysmail sysmaintplan sysmanagement
  sysnotifications sysoperators sysoriginatingservers syspolicy syscollector sysproxies sysproxylogin sysproxysubsystem sysschedules
  syssessions sysssis syssubsystems systargetserver sysutility backupfile backupmedia restorefile restorehistory log_shipping_
  suspect_pages sqlagent_info autoadmin_ ms
`);
const ofMaster = names(
  'spt_values spt_fallback_db spt_fallback_dev spt_fallback_usg spt_monitor msreplication_options',
);

const procedures = names(`
  sp_add_alert sp_add_category sp_add_jobschedule sp_add_operator sp_add_proxy sp_add_schedule sp_addextendedproperty
  sp_addlinkedserver sp_addlinkedsrvlogin sp_addlogin sp_addmessage sp_addrole sp_addrolemember sp_addsrvrolemember sp_adduser
  sp_attach_db sp_certificate_add_issuer sp_change_users_login sp_changedbowner sp_columns sp_configure sp_create_plan_guide
  sp_cursor sp_cursorclose sp_cursorexecute sp_cursorfetch sp_cursoropen sp_cursorprepare sp_cursorprepexec sp_cursorunprepare
  sp_cycle_errorlog sp_databases sp_datatype_info sp_dboption sp_delete_alert sp_delete_jobstep sp_depends sp_describe_cursor
  sp_describe_first_result_set sp_describe_parameter_encryption sp_describe_undeclared_parameters sp_detach_db sp_droplogin
  sp_dropserver sp_dropuser sp_enum_sqlagent_subsystems sp_execute sp_fkeys sp_getapplock sp_help sp_help_job
  sp_help_jobactivity sp_help_jobhistory sp_help_jobstep sp_help_jobsteplog sp_helpconstraint sp_helpdb sp_helpfile
  sp_helpfilegroup sp_helpindex sp_helplanguage sp_helplogins sp_helprole sp_helprolemember sp_helpserver sp_helpsort
  sp_helpsrvrole sp_helpsrvrolemember sp_helptext sp_helpuser sp_indexes sp_lock sp_migrate_user_to_contained sp_monitor
  sp_oacreate sp_pkeys sp_prepare sp_prepexec sp_procedure_params_rowset sp_procoption sp_purge_jobhistory
  sp_recompile sp_refreshview sp_releaseapplock sp_rename sp_renamedb sp_reset_connection sp_resetstatus sp_server_info
  sp_serveroption sp_set_session_context sp_settriggerorder sp_spaceused sp_special_columns sp_sproc_columns sp_statistics
  sp_stored_procedures sp_tableoption sp_tables sp_trace_create sp_trace_setevent sp_trace_setstatus sp_unprepare sp_update_jobstep
  sp_updatestats sp_validate_certificate_ca_chain sp_validatelogins sp_who sp_who2 xp_cmdshell xp_create_subdir xp_delete_file
  xp_dirtree xp_enumgroups xp_fileexist xp_fixeddrives xp_instance_regread xp_instance_regwrite xp_logevent xp_loginconfig
  xp_logininfo xp_msver xp_regread xp_regwrite xp_servicecontrol xp_sprintf xp_sqlagent_enum_jobs xp_sqlagent_notify xp_sscanf
  sp_addtype sp_addumpdevice sp_altermessage sp_attach_single_file_db sp_autostats sp_batch_params sp_bindefault sp_bindrule
  sp_bindsession sp_certify_removable sp_clean_db_free_space sp_clean_db_file_free_space sp_create_plan_guide_from_handle
  sp_create_removable sp_createstats sp_db_increased_partitions sp_db_vardecimal_storage_format sp_dbcmptlevel sp_dbremove
  sp_delete_backuphistory sp_delete_database_backuphistory sp_droptype sp_estimate_data_compression_savings
  sp_estimated_rowsize_reduction_for_vardecimal sp_execute_external_script sp_execute_remote sp_flush_log sp_get_query_template
  sp_getbindtoken sp_helpextendedproc sp_helpntgroup sp_helprotect sp_helpstats sp_helptrigger sp_indexoption
  sp_invalidate_textptr sp_prepexecrpc sp_cursoroption sp_cursor_list sp_refreshsqlmodule sp_rxpredict sp_sequence_get_range
  sp_server_diagnostics sp_setnetname sp_setapprole sp_unsetapprole sp_unbindefault sp_unbindrule sp_validname
  sp_wait_for_database_copy_sync sp_audit_write sp_changeobjectowner sp_control_dbmasterkey_password sp_copysnapshot sp_dropalias
  sp_generate_database_ledger_digest sp_verify_database_ledger sp_getdefaultdatatypemapping sp_lookupcustomresolver
  sp_marksubscriptionvalidation sp_password sp_posttracertoken sp_procedure_params_100_managed sp_procedure_params_managed
  sp_pkeys sp_repladdcolumn sp_repldone sp_replcmds sp_repltrans sp_requestpeerresponse sp_restoredbreplication sp_send_dbmail
  sp_srvrolepermission sp_table_validation sp_testlinkedserver sp_vupgrade_replication sp_xml_preparedocument
  sp_xml_removedocument sp_kill_filestream_non_transacted_handles sp_publication_validation sp_droparticle sp_get_distributor
  sp_replflush sp_resign_database sp_notify_operator sp_manage_jobs_by_login sp_multidb_milink sp_msx_defect sp_msx_enlist sp_resync_targetserver
  sp_post_msx_operation sp_set_sqlagent_properties sp_cycle_agent_errorlog sp_detach_schedule sp_attach_schedule
  sp_help_revdatabase sp_delete_backup sp_delete_backup_file_snapshot
`);

/** How the names of whole families of system procedures begin: change data capture, collector, policies, schema rowsets and so on. */
const procedureFamilies = words(`
    sp_assembl sp_bcp_ sp_catalogs sp_cdc_ sp_change_feed sp_change_tracking sp_check_constbytable sp_clean_ sp_column_ sp_columns
    sp_constr_col_usage sp_control_ sp_createorphan sp_cursor sp_data_source sp_datatype_info sp_dbfixedrolepermission sp_dbmmonitor
    sp_ddopen sp_describe sp_filestream_ sp_fkeys sp_foreign sp_fulltext_ sp_help_ sp_indexes sp_linkedservers sp_ms sp_oa sp_pkeys
    sp_polybase_ sp_primarykeys sp_procedure_params sp_procedures sp_provider_types sp_query_store_ sp_rda_ sp_replication sp_schemata
    sp_special_columns sp_sproc_columns sp_sqlagent sp_statistics sp_stored_procedures sp_syscollector_ sp_syspolicy_ sp_sysutility
    sp_table_ sp_tables sp_trace_ sp_user_counter sp_usertypes sp_views sp_xtp_ sysmail_ xp_availablemedia xp_copy_file xp_delete_file
    xp_dirtree xp_enum xp_get xp_instance_ xp_prop_oledb_provider xp_reg xp_sqlmaint xp_ss_ xp_subdirs xp_sysmail_
`);

/** Of Agent, security and replication: what is done, and to what. */
const procedureVerbs = words(`
  add apply change copy delete drop enum get grant help register reinit refresh remove resync revoke script set start stop unregister
  update validate
`);
const procedureNouns = words(`
  agent alert approle article device distribut extended job linked log_shipping login mail maintenance member merge message
  notification operator plan profile proxy publication publisher replica role schedule server snapshot subscri subsystem target user
`);

function startsAny(starts: readonly string[], name: string): boolean {
  return starts.some((start) => name.startsWith(start));
}

function isOfFamily(name: string): boolean {
  if (startsAny(procedureFamilies, name)) return true;
  return (
    procedureVerbs.some((verb) => name.startsWith(`sp_${verb}`)) && procedureNouns.some((noun) => name.includes(noun))
  );
}

/** Whether SQL Server has a built-in function of this name, which is in upper case. */
export function isKnownFunction(name: string): boolean {
  return functions.has(name);
}

/** Whether SQL Server has this global variable, in upper case with both of its signs. */
export function isKnownGlobal(name: string): boolean {
  return globals.has(name);
}

/** Views of INFORMATION_SCHEMA. */
const standardViews = names(`
  check_constraints column_domain_usage column_privileges columns constraint_column_usage constraint_table_usage domain_constraints
  domains key_column_usage parameters referential_constraints routine_columns routines schemata sequences table_constraints
  table_privileges tables view_column_usage view_table_usage views
`);

/** Whether SQL Server has a system view of this name and schema in this database, all in lower case. */
export function isKnownView({
  database,
  schema,
  name,
}: Readonly<Record<'database' | 'schema' | 'name', string>>): boolean {
  if (schema === 'information_schema') return standardViews.has(name);
  if (schema === 'sys') return systemViews.has(name) || stateViews.has(name) || startsAny(viewFamilies, name);
  // The tables of SQL Server 2000 are found in any schema.
  if (schema !== '' && schema !== 'dbo') return false;
  if (name.startsWith('sys') && systemViews.has(name)) return true;
  return (database === 'msdb' && startsAny(ofMsdb, name)) || (database === 'master' && ofMaster.has(name));
}

/** Whether SQL Server has a system procedure of this name, in lower case. */
export function isKnownProcedure(name: string): boolean {
  return procedures.has(name) || isOfFamily(name);
}
