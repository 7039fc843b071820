insert into callback (partner_id, notification_type, url, state, sealed_secret)
values (:partner, :type, :url, :state, :sealedSecret)
