insert into callback (partner_id, notification_type, url, state, format, sealed_settings, types, statuses, sealed_secret)
values (:partner, :type, :url, :state, :format, :sealedSettings, :types, :statuses, :sealedSecret)
